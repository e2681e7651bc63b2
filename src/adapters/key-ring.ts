import { type DBSchema, openDB } from 'idb'
import type { ConnectionId } from '#core/ids.ts'
import type { KeyRingPort } from '#ports/key-ring.ts'
import type { StoragePort, StoredKey } from '#ports/storage.ts'

interface Schema extends DBSchema {
  deviceKeys: { key: string; value: CryptoKey }
}

const algorithm = 'AES-GCM'
/** As NIST SP 800-38D has it for random nonces, in bytes. */
const nonceLength = 12

/** Gives the key that API keys are encrypted with. */
export type OpenDeviceKey = () => Promise<CryptoKey>

/**
 * API keys in rows that only this browser can read: AES-GCM with a key that is made here, that no script can take out
 * (WebCrypto, not extractable), and that lies in a database of its own, so that no backup and no copy of the rows has
 * it. It does not keep a key from whoever can run scripts in this page.
 * @param openDeviceKey null where the page can't encrypt.
 */
export function createKeyRing(
  storage: StoragePort,
  openDeviceKey: OpenDeviceKey | null = deviceKeyOpener(),
): KeyRingPort {
  const held = new Map<ConnectionId, string>()
  const known = new Map<ConnectionId, Promise<string | undefined>>()
  let deviceKey: Promise<CryptoKey> | undefined

  storage.onChange((changes) => {
    for (const change of changes) {
      if (change.table !== 'keys') continue
      known.delete((change.type === 'put' ? change.row.connectionId : change.key) as ConnectionId)
    }
  })

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
    const sealing = await device()
    if (!sealing) return { connectionId, key }
    const nonce = crypto.getRandomValues(new Uint8Array(nonceLength))
    const data = await crypto.subtle.encrypt(
      { name: algorithm, iv: nonce, additionalData: bytesOf(connectionId) },
      sealing,
      bytesOf(key),
    )
    return { connectionId, sealed: { nonce, data: new Uint8Array(data) } }
  }

  async function read(id: ConnectionId): Promise<string | undefined> {
    const row = await storage.get('keys', id)
    if (!row) return undefined
    if ('key' in row) {
      // Of a time before keys were encrypted, or of an origin that can't.
      const sealed = await seal(id, row.key)
      if ('sealed' in sealed) await storage.write([{ type: 'put', table: 'keys', row: sealed }]).catch(() => undefined)
      return row.key
    }
    const sealing = await device()
    if (!sealing) return undefined
    const { nonce, data } = row.sealed
    try {
      const key = await crypto.subtle.decrypt(
        { name: algorithm, iv: nonce, additionalData: bytesOf(id) },
        sealing,
        data,
      )
      return new TextDecoder().decode(key)
    } catch {
      // The device's key is gone, or the row is another connection's.
      return undefined
    }
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
  }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
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
