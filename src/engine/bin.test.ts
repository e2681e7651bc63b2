import { expect, test } from 'vitest'
import type { Character } from '#core/cards/character.ts'
import type { CharacterId, FileId, TurnId } from '#core/ids.ts'
import { type BinItem, createBin } from './bin.ts'
import { annaId, end, setupChat, text } from './chat.test-kit.ts'

async function setupBin() {
  const kit = await setupChat(['Yes.', 'No.', 'Perhaps.'].map((words) => [text(words), end()]))
  const id = await kit.chat.begin(annaId, { kind: 'greetings', greetings: ['One?'], chosen: 0 })
  for (const words of ['First', 'Second']) {
    await kit.chat.send(id, words)
    await kit.quiet(id)
  }
  const bin = createBin(kit.storage)
  const idOf = async (place: number) => (await kit.shown(id))[place]?.id as TurnId
  const only = async (): Promise<BinItem> => {
    const [item, ...others] = await bin.list()
    expect(others).toEqual([])
    if (!item) throw new Error('The bin is empty')
    return item
  }
  const snapshot = async () => ({
    turns: await kit.storage.turnsBefore(id, undefined, 1000),
    conversations: await kit.storage.list('conversations'),
    characters: await kit.storage.list('characters'),
  })
  return { ...kit, id, bin, idOf, only, snapshot }
}

test('with what is erased goes what was remembered of it', async () => {
  const { chat, storage, id, bin, idOf, only } = await setupBin()
  const [first, later] = [await idOf(0), await idOf(3)]
  const version = { characterId: annaId, turns: 1, text: 'So it was.', writtenBy: 'model', createdAt: 1 } as const
  const versions = [
    { ...version, id: 'v1', throughId: first },
    { ...version, id: 'v2', throughId: later },
  ]
  await storage.write([{ type: 'put', table: 'memories', row: { conversationId: id, versions } }])
  await chat.remove(id, await idOf(2))
  await bin.erase(await only())
  expect((await storage.get('memories', id))?.versions).toEqual(versions.slice(0, 1))
  await chat.removeConversation(id)
  await bin.erase(await only())
  expect(await storage.get('memories', id)).toBeUndefined()
})

test('a deleted turn waits with what followed it, and is brought back as it was', async () => {
  const { chat, id, bin, idOf, only, snapshot } = await setupBin()
  const before = await snapshot()
  await chat.remove(id, await idOf(2))
  const item = await only()
  expect(item).toMatchObject({ kind: 'turn', following: 2, turn: { raw: '<system_thinking>Yes.' } })
  await bin.restore(item)
  expect(await bin.list()).toEqual([])
  expect((await snapshot()).turns).toEqual(before.turns)
})

test('a turn under a deleted one comes back with it, or nobody would find it', async () => {
  const { chat, id, bin, idOf, storage } = await setupBin()
  const [second, third] = [await idOf(2), await idOf(3)]
  await chat.remove(id, third)
  await chat.remove(id, second)
  const item = (await bin.list()).find((one) => one.kind === 'turn' && one.turn.id === third)
  if (!item) throw new Error('Not there')
  await bin.restore(item)
  expect(await bin.list()).toEqual([])
  expect((await storage.get('turns', [id, second]))?.deletedAt).toBeUndefined()
})

test('a turn that is deleted for good takes along what hangs under it, and nothing else', async () => {
  const { chat, id, bin, idOf, only, words } = await setupBin()
  await chat.remove(id, await idOf(2))
  await bin.erase(await only())
  expect(await bin.list()).toEqual([])
  expect(await words(id)).toEqual(['character: One?', 'user: First'])
})

test('a chat waits, comes back whole, or goes with all its turns', async () => {
  const { chat, id, bin, only, snapshot, storage } = await setupBin()
  const before = await snapshot()
  await chat.removeConversation(id)
  await bin.restore(await only())
  expect(await snapshot()).toEqual(before)
  await chat.removeConversation(id)
  await bin.erase(await only())
  expect(await storage.list('conversations')).toEqual([])
  expect(await storage.turnsBefore(id, undefined, 1000)).toEqual([])
})

test('a character that chats still show, or that comes with the app, is kept; emptying takes its deleted chats first', async () => {
  const { chat, id, bin, storage } = await setupBin()
  const anna = (await storage.get('characters', annaId)) as Character
  const file = { id: 'portrait' as FileId, blob: new Blob(['x']) }
  const deleted: Character = { ...anna, portraitId: file.id, deletedAt: 5 }
  const bundled: Character = { ...anna, id: 'b' as CharacterId, origin: 'bundled', deletedAt: 4 }
  await storage.write([
    { type: 'put', table: 'files', row: file },
    { type: 'put', table: 'characters', row: deleted },
    { type: 'put', table: 'characters', row: bundled },
  ])
  expect(await bin.list()).toMatchObject([
    { kind: 'character', keptFor: { reason: 'chats', chats: 1 } },
    { kind: 'character', keptFor: { reason: 'bundled' } },
  ])
  await bin.empty()
  expect(await storage.list('characters')).toHaveLength(2)
  await chat.removeConversation(id)
  await bin.empty()
  expect(await storage.list('characters')).toEqual([bundled])
  expect(await storage.list('files')).toEqual([])
})

test('with a character go its versions and every file that was added to it', async () => {
  const { storage, bin } = await setupBin()
  const anna = (await storage.get('characters', annaId)) as Character
  const fileIds = ['face', 'whole', 'joy', 'former face'].map((id) => id as FileId)
  const [portraitId, portraitSourceId, joy, former] = fileIds as [FileId, FileId, FileId, FileId]
  const id = 'bea' as CharacterId
  const row: Character = {
    ...anna,
    id,
    origin: 'authored',
    portraitId,
    portraitSourceId,
    files: [{ path: 'assets/joy.png', fileId: joy }],
    deletedAt: 5,
  }
  const version = { id: 'v1', document: anna.document, portraitId: former, createdAt: 1 }
  await storage.write([
    ...fileIds.map((file) => ({ type: 'put', table: 'files', row: { id: file, blob: new Blob() } }) as const),
    { type: 'put', table: 'characters', row },
    { type: 'put', table: 'cardHistories', row: { characterId: id, versions: [version] } },
  ])
  for (const item of await bin.list()) await bin.erase(item)
  expect(await storage.list('characters')).toEqual([anna])
  expect(await storage.list('cardHistories')).toEqual([])
  expect(await storage.list('files')).toEqual([])
})

test('whoever has a part in a scene is kept for it, first in it or not', async () => {
  const { storage, bin, id } = await setupBin()
  const anna = await storage.get('characters', annaId)
  const chat = await storage.get('conversations', id)
  if (!anna || !chat) throw new Error('nothing there')
  const borisId = 'boris' as CharacterId
  await storage.write([
    { type: 'put', table: 'characters', row: { ...anna, id: borisId, deletedAt: 5 } },
    { type: 'put', table: 'conversations', row: { ...chat, cast: [annaId, borisId] } },
  ])
  expect(await bin.list()).toMatchObject([{ kind: 'character', keptFor: { reason: 'chats', chats: 1 } }])
  await bin.empty()
  expect(await storage.get('characters', borisId)).toBeDefined()
})
