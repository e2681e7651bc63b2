import { deleteDB, openDB } from 'idb'
import { expect, test } from 'vitest'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConnectionId, ConversationId, FileId, TurnId } from '#core/ids.ts'
import type { Change, DiskLock } from '#ports/storage.ts'
import { everythingRow } from '#ports/storage.ts'
import { convertRows } from './convert-rows.ts'
import { openIndexedDbStorage } from './indexeddb-storage.ts'
import { makeVault } from './passphrase.ts'
import { createRowSeal } from './row-seal.ts'
import { describeStorage } from './storage-contract.ts'

const freshName = () => `sealed-${Date.now()}-${Math.random()}`
const chat = 'c' as ConversationId

async function lockDatabase(name: string, phase: DiskLock['phase'] = 'sealed') {
  const { vault, key } = await makeVault('correct horse battery')
  const seal = createRowSeal(key)
  const lock: DiskLock = { connectionId: everythingRow, vault, phase }
  const plain = await openIndexedDbStorage({ name })
  await plain.write([{ type: 'put', table: 'keys', row: lock }])
  plain.close()
  return { lock, seal, open: () => openIndexedDbStorage({ name, unlock: async () => seal }) }
}

describeStorage('IndexedDB, sealed', async () => {
  const name = freshName()
  const { open } = await lockDatabase(name)
  const storage = await open()
  return {
    storage,
    teardown: async () => {
      storage.close()
      await deleteDB(name)
    },
  }
})

const secret = 'CANARY naïve 夜'

function turn(index: number, raw = secret): Turn {
  return {
    id: `t${String(index).padStart(4, '0')}` as TurnId,
    conversationId: chat,
    parentId: null,
    speaker: { kind: 'user' },
    dialect: 'her',
    raw,
    ending: 'complete',
    createdAt: index,
  }
}

const putTurn = (row: Turn): Change => ({ type: 'put', table: 'turns', row })
const photo: Change = {
  type: 'put',
  table: 'files',
  row: { id: 'f' as FileId, blob: new Blob([secret], { type: 'image/png' }) },
}
const setting: Change = { type: 'put', table: 'settings', row: { name: 'connection', value: secret } }

/** Everything that lies in the database, as text. */
async function onDisk(name: string): Promise<string> {
  const database = await openDB(name)
  const texts: string[] = []
  for (const table of database.objectStoreNames) {
    for (const row of await database.getAll(table)) {
      const bytes = 'sealed' in row ? [...row.sealed.data] : []
      const blob = row.blob instanceof Blob ? await row.blob.text() : ''
      texts.push(JSON.stringify(row), String.fromCharCode(...bytes), blob)
    }
  }
  database.close()
  return texts.join('\n')
}

test('nothing of a row can be read on disk but what it is found by', async () => {
  const name = freshName()
  const { open } = await lockDatabase(name)
  const storage = await open()
  await storage.write([putTurn(turn(1)), photo, setting])
  expect(await onDisk(name)).not.toMatch(/CANARY/)
  expect(await storage.turnsBefore(chat, undefined, 9)).toEqual([turn(1)])
  expect(await (await storage.get('files', 'f'))?.blob.text()).toBe(secret)
  storage.close()
})

test('a row that was put in the place of another is refused', async () => {
  const name = freshName()
  const { open } = await lockDatabase(name)
  const storage = await open()
  await storage.write([putTurn(turn(1)), putTurn(turn(2, 'Other'))])
  const database = await openDB(name)
  const row = await database.get('turns', [chat, turn(1).id])
  await database.put('turns', { ...row, id: turn(2).id })
  database.close()
  await expect(storage.turnsBefore(chat, undefined, 9)).rejects.toThrow('can’t be opened')
  storage.close()
})

test('writes keep their order, however long each is sealed, and reads come after what was asked before them', async () => {
  const name = freshName()
  const { open } = await lockDatabase(name)
  const storage = await open()
  const writes = [putTurn(turn(1, 'x'.repeat(4_000_000))), putTurn(turn(1, 'small'))].map((change) =>
    storage.write([change]),
  )
  expect((await storage.turnsBefore(chat, undefined, 1))[0]?.raw).toBe('small')
  await Promise.all(writes)
  expect((await storage.turnsBefore(chat, undefined, 1))[0]?.raw).toBe('small')
  storage.close()
})

test('another tab with the key hears what was written; one that is open while the seal is put on is told to begin anew', async () => {
  const name = freshName()
  const plain = await openIndexedDbStorage({ name })
  let mustBeginAnew = false
  const old = await openIndexedDbStorage({ name, onSealChanged: () => (mustBeginAnew = true) })
  const { vault, key } = await makeVault('correct horse battery')
  await plain.write([{ type: 'put', table: 'keys', row: { connectionId: everythingRow, vault, phase: 'sealed' } }])
  await expect.poll(() => mustBeginAnew).toBe(true)
  plain.close()
  old.close()
  const unlock = async () => createRowSeal(key)
  const [one, other] = [await openIndexedDbStorage({ name, unlock }), await openIndexedDbStorage({ name, unlock })]
  const heard: Change[] = []
  other.onChange((changes) => heard.push(...changes))
  await one.write([putTurn(turn(1))])
  await one.write([putTurn(turn(2))])
  await expect.poll(() => heard).toEqual([putTurn(turn(1)), putTurn(turn(2))])
  one.close()
  other.close()
})

test('rows are sealed and opened again, also where that was broken off, and keys stay as they are', async () => {
  const name = freshName()
  const key: Change = { type: 'put', table: 'keys', row: { connectionId: 'k' as ConnectionId, key: 'sk' } }
  const plain = await openIndexedDbStorage({ name })
  const rows = Array.from({ length: 120 }, (_, index) => turn(index))
  await plain.write([...rows.map(putTurn), photo, setting, key])
  plain.close()

  const { lock, seal, open } = await lockDatabase(name, 'sealing')
  const stop = new Error('Killed')
  const dying = convertRows(
    lock,
    seal,
    (share) => {
      if (share > 0.4) throw stop
    },
    name,
  )
  await expect(dying).rejects.toBe(stop)
  // Rows of both kinds are there now, and all of them are read.
  const half = await open()
  expect(await half.turnsBefore(chat, undefined, 500)).toEqual(rows)
  half.close()
  await convertRows(lock, seal, () => {}, name)
  expect(await onDisk(name)).not.toMatch(/CANARY/)
  const sealed = await open()
  expect(await sealed.turnsBefore(chat, undefined, 500)).toEqual(rows)
  expect(await sealed.get('settings', 'connection')).toEqual(setting.row)
  expect(await sealed.get('keys', 'k')).toEqual(key.row)
  expect(await sealed.get('keys', everythingRow)).toMatchObject({ phase: 'sealed' })
  sealed.close()

  await convertRows({ ...lock, phase: 'opening' }, seal, () => {}, name)
  const opened = await openIndexedDbStorage({ name })
  expect(await opened.turnsBefore(chat, undefined, 500)).toEqual(rows)
  expect(await (await opened.get('files', 'f'))?.blob.text()).toBe(secret)
  expect(await opened.get('keys', everythingRow)).toBeUndefined()
  opened.close()
})
