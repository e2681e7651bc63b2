import { deleteDB, openDB } from 'idb'
import { expect, test } from 'vitest'
import { beginFreshLog } from './fresh-log.ts'
import { openIndexedDbStorage } from './indexeddb-storage.ts'

test('a tab that holds on to what is to be deleted keeps nobody from writing', async () => {
  const name = `fresh-log-${Date.now()}`
  const held = await openDB('subtext-scratch')
  const before = await openIndexedDbStorage({ name })
  before.close()
  const { isBegun } = await beginFreshLog(name)
  const storage = await openIndexedDbStorage({ name, writableWhen: isBegun })
  await storage.write([{ type: 'put', table: 'settings', row: { name: 'x', value: 'y' } }])
  expect(await storage.get('settings', 'x')).toEqual({ name: 'x', value: 'y' })
  held.close()
  storage.close()
  await deleteDB(name)
})

test('what is deleted for it is gone, and the database stays as it is', async () => {
  const name = `fresh-log-${Date.now()}`
  const before = await openIndexedDbStorage({ name })
  await before.write([{ type: 'put', table: 'settings', row: { name: 'x', value: 'y' } }])
  before.close()
  await (await beginFreshLog(name)).isBegun
  expect((await indexedDB.databases()).map((database) => database.name)).not.toContain('subtext-scratch')
  const storage = await openIndexedDbStorage({ name })
  expect(await storage.get('settings', 'x')).toEqual({ name: 'x', value: 'y' })
  storage.close()
  await deleteDB(name)
})
