import { beginFreshLog } from '#adapters/fresh-log.ts'
import { openIndexedDbStorage } from '#adapters/indexeddb-storage.ts'
import { createRememberingStorage } from '#adapters/remembering-storage.ts'
import { type Change, type DiskLock, StorageFailure, type StoragePort } from '#ports/storage.ts'
import { readDiskMark, writeDiskMark } from '#state/disk-mark.ts'
import { useDiskTrouble } from '#state/disk-trouble.ts'
import { keepDrafts } from '#state/layout.ts'

/** What the disk may ask of the page before there is a page. */
export interface DiskHost {
  /** An old tab keeps this one waiting for the disk. */
  readonly onBlocked: () => void
  /** The rows are sealed: gives the key, or undefined when the seal was taken away. */
  readonly unlockDisk: (lock: DiskLock) => Promise<CryptoKey | undefined>
}

interface OpenedStorage {
  readonly storage: StoragePort
  readonly isLasting: boolean
  /** What its rows are sealed with, where they are. */
  readonly diskKey?: CryptoKey | undefined
}

/**
 * The disk, or, where the browser gives none (private windows of old, blocked storage), a memory that forgets.
 * @param onNew called where there was no disk before, as soon as that is known.
 */
export async function openStorage({ onBlocked, unlockDisk }: DiskHost, onNew: () => void): Promise<OpenedStorage> {
  try {
    let diskKey: CryptoKey | undefined
    let isNew = false
    const { isBegun } = await beginFreshLog()
    const disk = await openIndexedDbStorage({
      onOutdated: beginAnew,
      onSealChanged: beginAnew,
      onLost: () => useDiskTrouble.setState({ trouble: 'lost' }),
      onBlocked,
      writableWhen: isBegun,
      onCreated: () => {
        isNew = true
        onNew()
      },
      unlock: async (lock) => {
        diskKey = await unlockDisk(lock)
        keepDrafts(diskKey === undefined)
        return diskKey && (await import('#adapters/row-seal.ts')).createRowSeal(diskKey)
      },
    })
    noteWhatWasFound(isNew)
    return { storage: createRememberingStorage(disk), isLasting: true, diskKey }
  } catch (error) {
    if (!(error instanceof StorageFailure) && !(error instanceof ReferenceError)) throw error
    const isNewer = error instanceof StorageFailure && error.reason === 'newer'
    useDiskTrouble.setState({ trouble: isNewer ? 'newer' : 'none-given' })
    return { storage: await memoryOf([]), isLasting: false }
  }
}

/** A browser deletes a database that it finds damaged, without a word. */
function noteWhatWasFound(isNew: boolean): void {
  const mark = readDiskMark()
  const isEmptied = mark === 'emptied' || (isNew && mark === 'kept')
  if (isEmptied) useDiskTrouble.setState({ trouble: 'emptied' })
  writeDiskMark(isEmptied ? 'emptied' : 'kept')
}

export function beginAnew(): void {
  window.location.reload()
}

export async function memoryOf(rows: readonly Change[]): Promise<StoragePort> {
  const { createMemoryStorage } = await import('#adapters/memory-storage.ts')
  const storage = createMemoryStorage()
  await storage.write(rows)
  return storage
}
