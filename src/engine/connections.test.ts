import { expect, test } from 'vitest'
import { createKeyRing } from '#adapters/key-ring.ts'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import { untestedCapabilities } from '#core/connection.ts'
import type { ConnectPort, Discovery } from '#ports/model.ts'
import { createConnections } from './connections.ts'

const discovery: Discovery = { baseUrl: 'http://box:8000/v1', kind: 'vllm', models: [{ id: 'her' }, { id: 'plain' }] }

function setupConnections() {
  const storage = createMemoryStorage()
  const connectPort: ConnectPort = {
    discover: async () => discovery,
    test: async () => ({ capabilities: untestedCapabilities, transport: 'chat', sample: '' }),
  }
  let count = 0
  const next = () => {
    count += 1
    return count
  }
  const keyRing = createKeyRing(storage, null)
  const connections = createConnections({ storage, keyRing, connectPort, now: next, createId: () => `id-${next()}` })
  const connect = (model: string, key?: string, forgetsKey = false) =>
    connections.connect({ discovery, model, key, forgetsKey }, new AbortController().signal, () => undefined)
  return { storage, keyRing, connections, connect }
}

test('the same model at the same address is the same connection, with its new key and its old settings', async () => {
  const { storage, connections, connect } = setupConnections()
  const first = await connect('her', 'sk-old')
  await connections.change(first.id, (row) => ({ ...row, sampling: { ...row.sampling, maxTokens: 333 } }))
  const again = await connect('her', 'sk-new')
  expect(again).toMatchObject({ id: first.id, sampling: { maxTokens: 333 }, createdAt: first.createdAt })
  expect(await storage.list('connections')).toEqual([again])
  expect(await storage.list('keys')).toEqual([{ connectionId: first.id, key: 'sk-new' }])
  expect((await connect('plain')).id).not.toBe(first.id)
  expect(await storage.list('connections')).toHaveLength(2)
})

test('a key that is to be forgotten is never on disk, and one that was there before is gone', async () => {
  const { storage, keyRing, connections, connect } = setupConnections()
  const { id } = await connect('her', 'sk-old')
  expect(await connect('her', 'sk-secret', true)).toMatchObject({ id, forgetsKey: true })
  expect(await storage.list('keys')).toEqual([])
  expect(JSON.stringify(await storage.list('connections'))).not.toContain('sk-')
  expect(await keyRing.get(id)).toBe('sk-secret')
  const before = await storage.list('connections')
  const undo = await connections.remove(id)
  expect(await keyRing.get(id)).toBeUndefined()
  expect(await storage.list('keys')).toEqual([])
  expect(await storage.get('settings', 'connection')).toBeUndefined()
  await undo()
  expect(await storage.list('connections')).toEqual(before)
  expect(await keyRing.get(id)).toBe('sk-secret')
  expect((await storage.get('settings', 'connection'))?.value).toBe(id)
})
