import { expect, test } from 'vitest'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import type { TurnId } from '#core/ids.ts'
import { createBin } from './bin.ts'
import { annaId, end, setupChat, text } from './chat.test-kit.ts'
import { createLibrarySearch } from './search-library.ts'
import { createStoryTree } from './story-tree.ts'

const reply = 'Plans to hide the lantern.</system_thinking><role_thinking>He suspects me.</role_thinking>Good evening.'

async function setupSearch() {
  const kit = await setupChat([
    [text(reply), end()],
    [text('No.</system_thinking>Another lantern.'), end()],
  ])
  const id = await kit.chat.begin(annaId, { kind: 'greetings', greetings: ['Who comes?'], chosen: 0 })
  await kit.chat.send(id, 'A friend')
  await kit.quiet(id)
  const search = createLibrarySearch(kit.storage, () => Promise.resolve())
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5))
  await settled()
  /** The first words of what was found, the newest first. */
  const find = async (words: string, part: { unsaid?: boolean } = {}) => {
    await settled()
    const { hits, isComplete } = await search.search({ text: words, ...part }, 50)
    expect(isComplete).toBe(true)
    const turns = await Promise.all(hits.map((hit) => kit.storage.get('turns', [hit.conversationId, hit.turnId])))
    return turns.map((turn) => turn?.raw.slice(0, 12))
  }
  return { ...kit, id, search, find, tree: createStoryTree(kit.storage) }
}

test('everything that was there is found, in every layer, and what was thought but never said', async () => {
  const { find, search } = await setupSearch()
  expect(await find('friend')).toEqual(['A friend'])
  expect(await find('lantern')).toHaveLength(1)
  expect(await find('suspects', { unsaid: true })).toHaveLength(1)
  expect(await find('good evening', { unsaid: true })).toEqual([])
  expect((await search.search({ text: 'comes' }, 5)).turns).toBe(3)
})

test('what is written later is found, and on every branch', async () => {
  const { chat, id, find, shown, quiet } = await setupSearch()
  await chat.again(id, (await shown(id)).at(-1)?.id as TurnId)
  await quiet(id)
  expect(await find('lantern')).toHaveLength(2)
})

test('a deleted turn is not found, nor what followed it, until it is brought back', async () => {
  const { chat, id, find, shown } = await setupSearch()
  const undo = await chat.remove(id, (await shown(id))[1]?.id as TurnId)
  expect(await find('friend')).toEqual([])
  expect(await find('lantern')).toEqual([])
  expect(await find('comes')).toHaveLength(1)
  await undo()
  expect(await find('lantern')).toHaveLength(1)
})

test('a deleted chat is not found, until it is brought back or gone for good', async () => {
  const { chat, id, find, storage } = await setupSearch()
  const undo = await chat.removeConversation(id)
  expect(await find('lantern')).toEqual([])
  await undo()
  expect(await find('lantern')).toHaveLength(1)
  await chat.removeConversation(id)
  await createBin(storage).empty()
  expect(await find('lantern')).toEqual([])
})

test('what is sealed is not found before its seal is broken', async () => {
  const { id, find, shown, tree } = await setupSearch()
  await tree.playSealed(id, true)
  expect(await find('suspects')).toEqual([])
  expect(await find('evening')).toHaveLength(1)
  await tree.breakSeal(id, (await shown(id)).at(-1)?.id as TurnId, 1)
  expect(await find('suspects')).toHaveLength(1)
  expect(await find('lantern')).toEqual([])
  await tree.playSealed(id, false)
  expect(await find('lantern')).toHaveLength(1)
})

test('a character that is called otherwise is read otherwise', async () => {
  const { chat, id, find, storage } = await setupSearch()
  await chat.edit(id, (await storage.turnsBefore(id, undefined, 9)).at(-1)?.id as TurnId, 'Berta: It rains.', 'her')
  expect(await find('berta')).toHaveLength(1)
  const anna = (await storage.get('characters', annaId)) as Character
  const row = { ...anna, document: createCard({ name: 'Berta', description: '' }) }
  await storage.write([{ type: 'put', table: 'characters', row }])
  expect(await find('rains')).toHaveLength(1)
  expect(await find('berta')).toEqual([])
})
