import { type DBSchema, openDB } from 'idb'
import type { ConnectionId } from '#core/ids.ts'
import type { KeyRingPort } from '#ports/key-ring.ts'
import { ModelFailure } from '#ports/model.ts'
import { type Asked, type KeyVault, type StoragePort, type StoredKey, vaultRow } from '#ports/storage.ts'
import { bytesOf, makeVault, nonceLength, openVault } from './passphrase.ts'

interface Schema extends DBSchema {
  deviceKeys: { key: string; value: CryptoKey }
}

const algorithm = 'AES-GCM'

/** Gives the key that API keys are encrypted with. */
export type OpenDeviceKey = () => Promise<CryptoKey>

/**
 * API keys in rows that only this browser can read: AES-GCM with a key that is made here, that no script can take out
 * (WebCrypto, not extractable), and that lies in a database of its own, so that no backup and no copy of the rows has
 * it. With a passphrase they are sealed with a key of another kind, that is in memory alone, of this tab alone, and on
 * disk in a box that the passphrase opens. Neither keeps a key from whoever can run scripts in this page.
 * @param openDeviceKey null where the page can't encrypt.
 * @param tabs tells the other tabs that they are to lock; no key and no passphrase goes there.
 */
export function createKeyRing(
  storage: StoragePort,
  openDeviceKey: OpenDeviceKey | null = deviceKeyOpener(),
  tabs: Pick<BroadcastChannel, 'postMessage' | 'onmessage'> | null = null,
): KeyRingPort {
  const held = new Map<ConnectionId, string>()
  const known = new Map<ConnectionId, Promise<string | undefined>>()
  let deviceKey: Promise<CryptoKey> | undefined
  /** What the passphrase opened, until it is locked. */
  let opened: { readonly id: string; readonly key: CryptoKey } | undefined

  storage.onChange((changes) => {
    for (const change of changes) {
      if (change.table !== 'keys') continue
      const id = (change.type === 'put' ? change.row.connectionId : change.key) as ConnectionId
      known.delete(id)
      if (id !== vaultRow) continue
      const vault = change.type === 'put' && 'vault' in change.row ? change.row.vault : undefined
      // Another tab has set another: this one asks for it anew.
      if (opened?.id !== vault?.id) lockHere()
    }
  })
  if (tabs) tabs.onmessage = lockHere

  function lockHere(): void {
    opened = undefined
    known.clear()
  }

  async function vaultOnDisk(): Promise<KeyVault | undefined> {
    const row = await storage.get('keys', vaultRow)
    return row && 'vault' in row ? row.vault : undefined
  }

  /** Undefined where there is none to be had: the disk is full, say. */
  async function device(): Promise<CryptoKey | undefined> {
    if (!openDeviceKey) return undefined
    deviceKey ??= openDeviceKey()
    try {
      return await deviceKey
    } catch {
      deviceKey = undefined
      return undefined
    }
  }

  async function seal(connectionId: ConnectionId, key: string): Promise<StoredKey> {
    const vault = await vaultOnDisk()
    if (!vault) return sealWith(await device(), connectionId, key)
    if (opened?.id !== vault.id) throw new ModelFailure({ kind: 'locked' })
    return sealWith(opened.key, connectionId, key, opened.id)
  }

  async function read(id: ConnectionId): Promise<string | undefined> {
    const row = await storage.get('keys', id)
    if (!row || 'vault' in row) return undefined
    if ('key' in row) {
      // Of a time before keys were encrypted, or of an origin that can't.
      const sealed = await seal(id, row.key)
      if ('sealed' in sealed) await storage.write([inPlaceOf(row, sealed)]).catch(() => undefined)
      return row.key
    }
    const { vault } = row.sealed
    if (vault === undefined) return openWith(await device(), row)
    if (opened?.id === vault) return openWith(opened.key, row)
    // One of a passphrase that is no more can't be read by anyone.
    if ((await vaultOnDisk())?.id === vault) throw new ModelFailure({ kind: 'locked' })
    return undefined
  }

  async function changePassphrase(current: string | undefined, next: string | undefined): Promise<boolean> {
    const vault = await vaultOnDisk()
    const before = vault && (await openVault(vault, current ?? ''))
    if (vault && !before) return false
    if (vault && before) opened = { id: vault.id, key: before }
    const made = next === undefined ? undefined : await makeVault(next)
    const sealing = made?.key ?? (await device())
    // Where the device has no key to seal with, what the passphrase seals stays sealed.
    if (!sealing) return false
    const changes: Asked[] = [
      made
        ? { type: 'put', table: 'keys', row: { connectionId: vaultRow, vault: made.vault } }
        : { type: 'delete', table: 'keys', key: vaultRow },
    ]
    for (const row of await storage.list('keys')) {
      if ('vault' in row) continue
      const key = await read(row.connectionId).catch(() => undefined)
      if (key === undefined) continue
      const { connectionId } = row
      changes.push(inPlaceOf(row, await sealWith(sealing, connectionId, key, made?.vault.id)))
    }
    const was = opened
    opened = made && { id: made.vault.id, key: made.key }
    try {
      // One write, so that a tab that is killed leaves all of the old or all of the new.
      await storage.write(changes)
    } catch (error) {
      opened = was
      throw error
    }
    return true
  }

  return {
    get: async (id) => {
      const own = held.get(id)
      if (own !== undefined) return own
      const reading = known.get(id) ?? read(id)
      known.set(id, reading)
      reading.catch(() => known.delete(id))
      return reading
    },
    seal: async (id, key) => {
      held.delete(id)
      return seal(id, key)
    },
    hold: async (id, key) => void held.set(id, key),
    drop: async (id) => void held.delete(id),
    lockState: async () => {
      const vault = await vaultOnDisk()
      if (!vault) return 'none'
      return opened?.id === vault.id ? 'open' : 'locked'
    },
    unlock: async (passphrase) => {
      const vault = await vaultOnDisk()
      if (!vault) return true
      const key = await openVault(vault, passphrase)
      if (!key) return false
      opened = { id: vault.id, key }
      known.clear()
      return true
    },
    lock: async (where) => {
      lockHere()
      if (where === 'everywhere') tabs?.postMessage('lock')
    },
    changePassphrase,
    forgetLocked: async () => {
      const rows = await storage.list('keys')
      const sealed = rows.filter(
        (row) => row.connectionId === vaultRow || ('sealed' in row && row.sealed.vault !== undefined),
      )
      lockHere()
      await storage.write(sealed.map((row) => ({ type: 'delete', table: 'keys', key: row.connectionId })))
    },
  }
}

/** Where another tab has written another key since, that stays. */
function inPlaceOf(before: StoredKey, row: StoredKey): Asked {
  return {
    type: 'edit',
    table: 'keys',
    key: row.connectionId,
    edit: (there) => (JSON.stringify(there) === JSON.stringify(before) ? row : there),
  }
}

/** @param vault the id of the vault that the key is of; none, where it is the device's. */
async function sealWith(
  sealing: CryptoKey | undefined,
  connectionId: ConnectionId,
  key: string,
  vault?: string,
): Promise<StoredKey> {
  if (!sealing) return { connectionId, key }
  const nonce = crypto.getRandomValues(new Uint8Array(nonceLength))
  const data = await crypto.subtle.encrypt(
    { name: algorithm, iv: nonce, additionalData: bytesOf(connectionId) },
    sealing,
    bytesOf(key),
  )
  return { connectionId, sealed: { nonce, data: new Uint8Array(data), ...(vault !== undefined && { vault }) } }
}

/** Undefined where the key is another, or the row another connection's. */
async function openWith(
  sealing: CryptoKey | undefined,
  { connectionId, sealed: { nonce, data } }: Extract<StoredKey, { sealed: unknown }>,
): Promise<string | undefined> {
  if (!sealing) return undefined
  try {
    const key = await crypto.subtle.decrypt(
      { name: algorithm, iv: nonce, additionalData: bytesOf(connectionId) },
      sealing,
      data,
    )
    return new TextDecoder().decode(key)
  } catch {
    return undefined
  }
}

/** How the device's key is had from a database of that name; null on origins without WebCrypto. */
export function deviceKeyOpener(name = 'subtext-device'): OpenDeviceKey | null {
  if (!globalThis.crypto?.subtle) return null
  return async () => {
    const made = await crypto.subtle.generateKey({ name: algorithm, length: 256 }, false, ['encrypt', 'decrypt'])
    const database = await openDB<Schema>(name, 1, {
      upgrade: (fresh) => void fresh.createObjectStore('deviceKeys'),
    })
    try {
      // One transaction, so that two tabs that begin at once end up with one key.
      const { store, done } = database.transaction('deviceKeys', 'readwrite')
      const kept = await store.get('sealing')
      if (!kept) await store.put(made, 'sealing')
      await done
      return kept ?? made
    } finally {
      database.close()
    }
  }
}
