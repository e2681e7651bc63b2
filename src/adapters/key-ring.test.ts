import { describe, expect, test } from 'vitest'
import type { ConnectionId } from '#core/ids.ts'
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
