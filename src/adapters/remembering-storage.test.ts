import { expect, test } from 'vitest'
import type { LorebookId } from '#core/ids.ts'
import type { StoragePort } from '#ports/storage.ts'
import { createMemoryStorage } from './memory-storage.ts'
import { createRememberingStorage } from './remembering-storage.ts'
import { describeStorage } from './storage-contract.ts'

describeStorage('remembering storage', async () => ({
  storage: createRememberingStorage(createMemoryStorage()),
  teardown: async () => {},
}))

function setup() {
  const disk = createMemoryStorage()
  const reads: string[] = []
  const watched: StoragePort = {
    ...disk,
    get: (table, key) => {
      reads.push(table)
      return disk.get(table, key)
    },
    list: (table) => {
      reads.push(table)
      return disk.list(table)
    },
  }
  return { disk, reads, storage: createRememberingStorage(watched) }
}

const put = (value: string) => [{ type: 'put', table: 'settings', row: { name: 'connection', value } }] as const

test('a row is read once, and again when somebody wrote or deleted it', async () => {
  const { disk, reads, storage } = setup()
  expect(await storage.get('settings', 'connection')).toBeUndefined()
  await storage.get('settings', 'connection')
  expect(reads).toHaveLength(1)
  // As another tab would.
  await disk.write(put('one'))
  expect(await storage.get('settings', 'connection')).toEqual({ name: 'connection', value: 'one' })
  await storage.write(put('two'))
  expect(await storage.get('settings', 'connection')).toEqual({ name: 'connection', value: 'two' })
  await storage.write([{ type: 'delete', table: 'settings', key: 'connection' }])
  expect(await storage.get('settings', 'connection')).toBeUndefined()
  expect(reads).toHaveLength(4)
})

test('a row that changes while it is read is not remembered as it was', async () => {
  const { disk, storage } = setup()
  await disk.write(put('old'))
  const early = storage.get('settings', 'connection')
  await disk.write(put('new'))
  await early
  expect(await storage.get('settings', 'connection')).toMatchObject({ value: 'new' })
})

test('files are read each time they are wanted', async () => {
  const { reads, storage } = setup()
  await storage.get('files', 'a')
  await storage.get('files', 'a')
  expect(reads).toHaveLength(2)
})

test('the lorebooks are read as a whole once, and follow every change', async () => {
  const { disk, reads, storage } = setup()
  const book = (id: string) => {
    return { id: id as LorebookId, name: id, raw: {}, isEverywhere: true, createdAt: 1, updatedAt: 1 }
  }
  const early = storage.list('lorebooks')
  await disk.write([{ type: 'put', table: 'lorebooks', row: book('a') }])
  await early
  const [first] = await storage.list('lorebooks')
  expect(first).toEqual(book('a'))
  const sofar = reads.length
  await disk.write([{ type: 'put', table: 'lorebooks', row: book('b') }])
  // The same row, so that what was made from it is there already.
  expect((await storage.list('lorebooks'))[0]).toBe(first)
  expect(await storage.list('lorebooks')).toEqual([book('a'), book('b')])
  await storage.write([{ type: 'put', table: 'lorebooks', row: { ...book('a'), name: 'new' } }])
  expect(await storage.list('lorebooks')).toEqual(await disk.list('lorebooks').then((rows) => rows.reverse()))
  await storage.write([{ type: 'delete', table: 'lorebooks', key: 'a' }])
  expect(await storage.list('lorebooks')).toEqual([book('b')])
  expect(reads).toHaveLength(sofar)
})
