import type { DiskLockPort } from '#ports/disk-lock.ts'
import { type DiskLock, everythingRow, isDiskLock, type StoragePort } from '#ports/storage.ts'
import { makeVault, openVault, rebox } from './passphrase.ts'

/** Other tabs hear that the row changed (`onSealChanged`), and are loaded anew. */
export function createDiskLock(storage: StoragePort, tabs: Pick<BroadcastChannel, 'postMessage'>): DiskLockPort {
  async function current(): Promise<DiskLock | undefined> {
    const row = await storage.get('keys', everythingRow)
    return isDiskLock(row) ? row : undefined
  }
  const put = (vault: DiskLock['vault'], phase: DiskLock['phase']) =>
    storage.write([{ type: 'put', table: 'keys', row: { connectionId: everythingRow, vault, phase } }])

  return {
    isSet: async () => (await current()) !== undefined,
    set: async (passphrase) => put((await makeVault(passphrase)).vault, 'sealing'),
    change: async (passphrase, next) => {
      const lock = await current()
      const boxed = lock && (await rebox(lock.vault, passphrase, next))
      if (!lock || !boxed) return false
      await put(boxed.vault, lock.phase)
      return true
    },
    remove: async (passphrase) => {
      const lock = await current()
      if (!lock || !(await openVault(lock.vault, passphrase))) return false
      await put(lock.vault, 'opening')
      return true
    },
    lockOthers: () => tabs.postMessage('lock'),
  }
}
