import { describe, expect, test } from 'vitest'
import type { ConnectionId } from '#core/ids.ts'
import { StorageFailure, vaultRow } from '#ports/storage.ts'
import { createKeyRing } from './key-ring.ts'
import { createMemoryStorage } from './memory-storage.ts'

const [one, other] = ['one', 'other'] as [ConnectionId, ConnectionId]
const secret = 'sk-CANARY-0123456789'

async function setupKeyRing() {
  const storage = createMemoryStorage()
  const device = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const open = () => createKeyRing(storage, async () => device)
  const keep = async (id: ConnectionId, key: string) =>
    storage.write([{ type: 'put', table: 'keys', row: await open().seal(id, key) }])
  return { storage, device, open, keep }
}

/** All bytes of a row, as text. */
function textOf(row: unknown): string {
  return JSON.stringify(row, (_, value) =>
    value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
  )
}

describe('a key that is kept', () => {
  test('can be read again, and is nowhere in its row', async () => {
    const { storage, open, keep } = await setupKeyRing()
    await keep(one, secret)
    const [row] = await storage.list('keys')
    expect(textOf(row)).toContain('sealed')
    expect(textOf(row)).not.toContain('CANARY')
    expect(await open().get(one)).toBe(secret)
    expect(await open().get(other)).toBeUndefined()
  })

  test('is another row each time', async () => {
    const { open } = await setupKeyRing()
    const ring = open()
    expect(textOf(await ring.seal(one, secret))).not.toBe(textOf(await ring.seal(one, secret)))
  })

  test('is no other connection’s, wherever its row is put', async () => {
    const { storage, open, keep } = await setupKeyRing()
    await keep(one, secret)
    const row = await storage.get('keys', one)
    if (!row) throw new Error('No row')
    await storage.write([{ type: 'put', table: 'keys', row: { ...row, connectionId: other } }])
    expect(await open().get(other)).toBeUndefined()
  })

  test('can’t be read on another device', async () => {
    const { storage, keep } = await setupKeyRing()
    await keep(one, secret)
    const { device } = await setupKeyRing()
    expect(await createKeyRing(storage, async () => device).get(one)).toBeUndefined()
    expect(await createKeyRing(storage, null).get(one)).toBeUndefined()
  })

  test('is the new one as soon as it is changed, here or in another tab', async () => {
    const { open, keep } = await setupKeyRing()
    const ring = open()
    await keep(one, 'sk-old')
    expect(await ring.get(one)).toBe('sk-old')
    await keep(one, secret)
    expect(await ring.get(one)).toBe(secret)
  })

  test('of before keys were encrypted is encrypted when it is first read', async () => {
    const { storage, open } = await setupKeyRing()
    await storage.write([{ type: 'put', table: 'keys', row: { connectionId: one, key: secret } }])
    expect(await open().get(one)).toBe(secret)
    expect(textOf(await storage.list('keys'))).not.toContain('CANARY')
    expect(await open().get(one)).toBe(secret)
  })
})

test('a key that is held is in memory alone', async () => {
  const { storage, open } = await setupKeyRing()
  const ring = open()
  await ring.hold(one, secret)
  expect(await ring.get(one)).toBe(secret)
  expect(await storage.list('keys')).toEqual([])
  expect(await open().get(one)).toBeUndefined()
  await ring.drop(one)
  expect(await ring.get(one)).toBeUndefined()
})

test('where nothing can be encrypted, or the device’s key can’t be had, a key is kept as it is', async () => {
  const { storage } = await setupKeyRing()
  for (const open of [null, () => Promise.reject(new Error('no disk'))]) {
    expect(await createKeyRing(storage, open).seal(one, secret)).toEqual({ connectionId: one, key: secret })
  }
})

describe('with a passphrase', () => {
  const [first, second] = ['correct horse battery', 'staple of another kind']
  const isLocked = { error: { kind: 'locked' } }

  async function setupLocked() {
    const kit = await setupKeyRing()
    await kit.keep(one, secret)
    await kit.keep(other, 'sk-CANARY-other')
    const ring = kit.open()
    expect(await ring.lockState()).toBe('none')
    expect(await ring.changePassphrase(undefined, first)).toBe(true)
    return { ...kit, ring }
  }

  test('keys are had in the tab where it was given, and in no other', async () => {
    const { storage, ring, open } = await setupLocked()
    expect(await ring.lockState()).toBe('open')
    expect(await ring.get(one)).toBe(secret)
    const next = open()
    expect(await next.lockState()).toBe('locked')
    await expect(next.get(one)).rejects.toMatchObject(isLocked)
    await expect(next.seal(one, 'sk-new')).rejects.toMatchObject(isLocked)
    expect(await next.unlock(second)).toBe(false)
    expect(await next.unlock('')).toBe(false)
    await expect(next.get(one)).rejects.toMatchObject(isLocked)
    expect(await next.unlock(first)).toBe(true)
    expect([await next.get(one), await next.get(other)]).toEqual([secret, 'sk-CANARY-other'])
    const rows = textOf(await storage.list('keys'))
    for (const word of ['CANARY', 'horse', first]) expect(rows).not.toContain(word)
  })

  test('the device’s own key opens nothing, and the box says how it is made', async () => {
    const { storage } = await setupLocked()
    for (const row of await storage.list('keys')) {
      if ('vault' in row) {
        expect(row.vault).toMatchObject({ version: 1, kdf: 'PBKDF2-HMAC-SHA-256', iterations: 600_000 })
        expect([row.vault.salt.length, row.vault.nonce.length]).toEqual([16, 12])
      } else expect(row).toHaveProperty('sealed.vault')
    }
  })

  test('letters are the same however a keyboard writes them', async () => {
    const { open } = await setupKeyRing()
    await open().changePassphrase(undefined, 'cafe\u0301 au lait')
    expect(await open().unlock('caf\u00e9 au lait')).toBe(true)
  })

  test('locking forgets it, here and in the other tabs; nothing else is told to them', async () => {
    const { storage, device } = await setupLocked()
    const told: unknown[] = []
    const tabs = [0, 1].map(() => ({ onmessage: null as BroadcastChannel['onmessage'], postMessage: () => {} }))
    const rings = tabs.map((tab) => createKeyRing(storage, async () => device, tab))
    for (const tab of tabs) {
      tab.postMessage = (...message: unknown[]) => {
        told.push(...message)
        for (const another of tabs) {
          if (another !== tab) another.onmessage?.call({} as BroadcastChannel, {} as MessageEvent)
        }
      }
    }
    for (const ring of rings) await ring.unlock(first)
    expect(told).toEqual([])
    expect(await rings[1]?.get(one)).toBe(secret)
    await rings[0]?.lock('everywhere')
    for (const ring of rings) await expect(ring.get(one)).rejects.toMatchObject(isLocked)
    expect(told).toEqual(['lock'])
  })

  test('it is changed and removed only by who knows it, and another tab asks anew', async () => {
    const { ring, open } = await setupLocked()
    const tab = open()
    await tab.unlock(first)
    expect(await ring.changePassphrase(second, 'a third one here')).toBe(false)
    expect(await ring.changePassphrase(undefined, undefined)).toBe(false)
    expect(await ring.get(one)).toBe(secret)
    expect(await ring.changePassphrase(first, second)).toBe(true)
    expect(await ring.get(one)).toBe(secret)
    await expect(tab.get(one)).rejects.toMatchObject(isLocked)
    expect(await tab.unlock(first)).toBe(false)
    expect(await tab.unlock(second)).toBe(true)
    expect(await tab.get(other)).toBe('sk-CANARY-other')
    expect(await tab.changePassphrase(second, undefined)).toBe(true)
    expect(await open().lockState()).toBe('none')
    expect(await open().get(one)).toBe(secret)
    expect(await ring.get(one)).toBe(secret)
  })

  test('a change that is not written whole leaves all as it was', async () => {
    const { storage, device, open } = await setupLocked()
    const before = textOf(await storage.list('keys'))
    const write = () => Promise.reject(new StorageFailure('full', ''))
    const ring = createKeyRing({ ...storage, write }, async () => device)
    for (const next of [second, undefined]) {
      await expect(ring.changePassphrase(first, next)).rejects.toThrow(StorageFailure)
      expect(textOf(await storage.list('keys'))).toBe(before)
      expect(await ring.get(one)).toBe(secret)
    }
    const tab = open()
    await tab.unlock(first)
    expect(await tab.get(one)).toBe(secret)
  })

  test('all that a change writes is one write', async () => {
    const { storage, device } = await setupLocked()
    const writes: number[] = []
    const counting = createKeyRing(
      {
        ...storage,
        write: (changes) => {
          writes.push(changes.length)
          return storage.write(changes)
        },
      },
      async () => device,
    )
    await counting.changePassphrase(first, second)
    await counting.changePassphrase(second, undefined)
    expect(writes).toEqual([3, 3])
  })

  test('who has forgotten it can begin anew, without the keys', async () => {
    const { storage, open } = await setupLocked()
    const tab = open()
    await tab.hold(other, 'sk-held')
    await tab.forgetLocked()
    expect(await storage.list('keys')).toEqual([])
    expect(await tab.lockState()).toBe('none')
    expect(await tab.get(one)).toBeUndefined()
    expect(await tab.get(other)).toBe('sk-held')
  })

  test('a box that was tampered with opens for nobody', async () => {
    const { storage, open } = await setupLocked()
    const row = await storage.get('keys', vaultRow)
    if (!row || !('vault' in row)) throw new Error('No vault')
    const data = row.vault.data.map((byte, index) => (index === 5 ? byte ^ 1 : byte))
    for (const changed of [{ data }, { id: 'another' }, { salt: new Uint8Array(16) }, { iterations: 600_001 }]) {
      await storage.write([{ type: 'put', table: 'keys', row: { ...row, vault: { ...row.vault, ...changed } } }])
      expect(await open().unlock(first)).toBe(false)
    }
  })
})
