import { deleteDB, type IDBPDatabase, openDB } from 'idb'
import { expect, test } from 'vitest'
import type { ConversationId, JobId, SceneId } from '#core/ids.ts'
import { emptyScene } from '#core/scene-file/kept-scene.ts'
import type { Change } from '#ports/storage.ts'
import { openIndexedDbStorage } from './indexeddb-storage.ts'
import { describeStorage } from './storage-contract.ts'

let count = 0

function freshName(): string {
  count += 1
  return `test-${Date.now()}-${count}`
}

describeStorage('IndexedDB storage', async () => {
  const name = freshName()
  const storage = await openIndexedDbStorage({ name })
  return {
    storage,
    teardown: async () => {
      storage.close()
      await deleteDB(name)
    },
  }
})

test('another tab is told what was written', async () => {
  const name = freshName()
  const [one, other] = await Promise.all([openIndexedDbStorage({ name }), openIndexedDbStorage({ name })])
  const told = new Promise<readonly Change[]>((resolve) => other.onChange(resolve))
  const change: Change = { type: 'put', table: 'settings', row: { name: 'x', value: 'y' } }
  await one.write([change])
  expect(await told).toEqual([change])
  one.close()
  other.close()
})

test('what was written is there when the database is opened anew', async () => {
  const name = freshName()
  const before = await openIndexedDbStorage({ name })
  await before.write([{ type: 'put', table: 'settings', row: { name: 'x', value: 'y' } }])
  before.close()
  const after = await openIndexedDbStorage({ name })
  expect((await after.get('settings', 'x'))?.value).toBe('y')
  after.close()
})

test('a tab that wants a newer database is let through, and this one is told that it is outdated', async () => {
  const name = freshName()
  const told: string[] = []
  await openIndexedDbStorage({ name, onOutdated: () => told.push('outdated'), onLost: () => told.push('lost') })
  const newer = await openDB(name, 1000)
  expect(told).toEqual(['outdated'])
  newer.close()
  // The other way round: what a newer version made is not touched, and not taken for a disk that is not there.
  await expect(openIndexedDbStorage({ name })).rejects.toMatchObject({ reason: 'newer' })
})

test('a database that is deleted beneath the page is told of, and fails from then on', async () => {
  const name = freshName()
  const told: string[] = []
  const storage = await openIndexedDbStorage({
    name,
    onOutdated: () => told.push('outdated'),
    onLost: () => told.push('lost'),
  })
  await deleteDB(name)
  expect(told).toEqual(['lost'])
  const lost = { reason: 'unavailable' }
  await expect(storage.list('personas')).rejects.toMatchObject(lost)
  await expect(storage.turnsBefore('c' as ConversationId, undefined, 5)).rejects.toMatchObject(lost)
  await expect(storage.write([{ type: 'delete', table: 'personas', key: 'x' }])).rejects.toMatchObject(lost)
})

test('an old tab that does not let go is waited for, and that is told', async () => {
  const name = freshName()
  const old = await openDB(name, 1, { upgrade: (database) => makeVersion1(database) })
  let isBlocked = false
  const opening = openIndexedDbStorage({ name, onBlocked: () => (isBlocked = true) })
  await expect.poll(() => isBlocked).toBe(true)
  old.close()
  ;(await opening).close()
})

function makeVersion1(database: IDBPDatabase): void {
  for (const table of ['characters', 'files', 'conversations', 'personas', 'connections']) {
    database.createObjectStore(table, { keyPath: 'id' })
  }
  database.createObjectStore('turns', { keyPath: ['conversationId', 'id'] })
  database.createObjectStore('keys', { keyPath: 'connectionId' })
  database.createObjectStore('settings', { keyPath: 'name' })
}

// One fixture for each version that ever landed, made by hand as that version's code made it.
test('a database of version 1 opens with everything in it', async () => {
  const name = freshName()
  const old = await openDB(name, 1, { upgrade: (database) => makeVersion1(database) })
  const turn = {
    id: 't1',
    conversationId: 'c1',
    parentId: null,
    speaker: { kind: 'character', characterId: 'x' },
    dialect: 'her',
    raw: '<system_thinking>p</system_thinking>Hello.',
    ending: 'complete',
    createdAt: 1,
  }
  await old.put('turns', turn)
  await old.put('keys', { connectionId: 'k', key: 'sk' })
  old.close()
  const storage = await openIndexedDbStorage({ name })
  expect(await storage.turnsBefore('c1' as ConversationId, undefined, 5)).toEqual([turn])
  expect(await storage.get('keys', 'k')).toEqual({ connectionId: 'k', key: 'sk' })
  // What came with version 2 is there.
  const memory = { conversationId: 'c1' as ConversationId, versions: [] }
  await storage.write([{ type: 'put', table: 'memories', row: memory }])
  expect(await storage.get('memories', 'c1')).toEqual(memory)
  expect([await storage.list('lorebooks'), await storage.list('cardHistories')]).toEqual([[], []])
  const scene = { ...emptyScene, id: 's' as SceneId, origin: 'authored' as const, createdAt: 1, updatedAt: 1 }
  await storage.write([{ type: 'put', table: 'scenes', row: scene }])
  expect(await storage.list('scenes')).toEqual([scene])
  expect(await storage.list('catalogue')).toEqual([])
  storage.close()
})

test('a database of version 2 opens with everything in it', async () => {
  const name = freshName()
  const old = await openDB(name, 2, {
    upgrade: (database) => {
      makeVersion1(database)
      database.createObjectStore('lorebooks', { keyPath: 'id' })
      database.createObjectStore('memories', { keyPath: 'conversationId' })
      database.createObjectStore('cardHistories', { keyPath: 'characterId' })
      database.createObjectStore('scenes', { keyPath: 'id' })
      database.createObjectStore('catalogue', { keyPath: 'id' })
    },
  })
  const rows = {
    turns: { id: 't1', conversationId: 'c1', parentId: null, raw: 'Hello.', ending: 'complete', createdAt: 1 },
    settings: { name: 'x', value: 'y' },
    lorebooks: { id: 'book', updatedAt: 1 },
    memories: { conversationId: 'c1', versions: [] },
    cardHistories: { characterId: 'x', versions: [] },
    scenes: { ...emptyScene, id: 's', origin: 'authored', createdAt: 1, updatedAt: 1 },
    catalogue: { id: 'x', name: 'Vera' },
  }
  for (const [table, row] of Object.entries(rows)) await old.put(table, row)
  old.close()
  const storage = await openIndexedDbStorage({ name })
  expect(await storage.turnsBefore('c1' as ConversationId, undefined, 5)).toEqual([rows.turns])
  for (const table of ['settings', 'lorebooks', 'memories', 'cardHistories', 'scenes', 'catalogue'] as const) {
    expect(await storage.list(table)).toEqual([rows[table]])
  }
  // What came with version 3 is there.
  const record = { jobId: 'j' as JobId, key: 'a', value: 1 }
  await storage.write([{ type: 'put', table: 'jobRecords', row: record }])
  expect(await storage.recordsOf('j' as JobId)).toEqual([record])
  expect([await storage.list('preferences'), await storage.list('jobs')]).toEqual([[], []])
  storage.close()
})

test('nothing is written before it may be, in its order all the same', async () => {
  const name = freshName()
  let begin = () => {}
  const writableWhen = new Promise<void>((resolve) => {
    begin = resolve
  })
  const storage = await openIndexedDbStorage({ name, writableWhen })
  const put = (value: string) => storage.write([{ type: 'put', table: 'settings', row: { name: 'x', value } }])
  expect(await storage.get('settings', 'x')).toBeUndefined()
  const writes = [put('first'), put('second')]
  const seen = storage.get('settings', 'x')
  const direct = await openDB(name)
  expect(await direct.count('settings')).toBe(0)
  direct.close()
  begin()
  expect(await seen).toEqual({ name: 'x', value: 'second' })
  await Promise.all(writes)
  storage.close()
  await deleteDB(name)
})
