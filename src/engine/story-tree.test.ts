import { expect, test } from 'vitest'
import type { TurnId } from '#core/ids.ts'
import { annaId, end, setupChat, text } from './chat.test-kit.ts'
import { createStoryTree } from './story-tree.ts'

async function setupStory() {
  const kit = await setupChat([
    [text('Yes.'), end()],
    [text('No.'), end()],
    [text('Maybe.'), end()],
  ])
  const id = await kit.chat.begin(annaId, { kind: 'greetings', greetings: ['One?'], chosen: 0 })
  await kit.chat.send(id, 'First')
  await kit.quiet(id)
  await kit.chat.send(id, 'Second')
  await kit.quiet(id)
  return { ...kit, id, tree: createStoryTree(kit.storage), turns: await kit.shown(id) }
}

test('a branch begins where the reader says, and the way back leads to where they were', async () => {
  const { chat, id, tree, turns, words, quiet } = await setupStory()
  const before = await words(id)
  const back = await tree.branchFrom(id, turns[2]?.id as TurnId)
  expect(await words(id)).toEqual(before.slice(0, 3))
  await chat.send(id, 'Third')
  await quiet(id)
  expect(await words(id)).toEqual([...before.slice(0, 3), 'user: Third', 'character: <system_thinking>Maybe.'])
  await back()
  expect(await words(id)).toEqual(before)
})

test('an edit of a user turn is a take, and each take leads to what followed from it', async () => {
  const { chat, id, turns, words } = await setupStory()
  const edited = await chat.edit(id, turns[1]?.id as TurnId, 'First, but other', 'player')
  expect(await words(id)).toEqual(['character: One?', 'user: First, but other'])
  await chat.select(id, turns[1]?.id as TurnId)
  expect(await words(id)).toEqual([
    'character: One?',
    'user: First',
    'character: <system_thinking>Yes.',
    'user: Second',
    'character: <system_thinking>No.',
  ])
  await chat.select(id, edited)
  expect(await words(id)).toEqual(['character: One?', 'user: First, but other'])
})

test('a name and a bookmark are put on a turn and taken off without a trace', async () => {
  const { id, tree, turns, storage } = await setupStory()
  const turn = turns[1]
  if (!turn) throw new Error('No turn')
  const read = () => storage.get('turns', [id, turn.id])
  await tree.nameTurn(id, turn.id, 'The quarrel')
  await tree.bookmark(id, turn.id, true)
  expect(await read()).toEqual({ ...turn, name: 'The quarrel', bookmarked: true })
  await tree.nameTurn(id, turn.id, '')
  await tree.bookmark(id, turn.id, false)
  expect(await read()).toEqual(turn)
})

test('a chat is played sealed until all is opened, and each broken seal is counted once', async () => {
  const { id, tree, turns, storage } = await setupStory()
  const before = await storage.get('conversations', id)
  const turnId = turns[2]?.id as TurnId
  await tree.breakSeal(id, turnId, 0)
  expect(await storage.get('conversations', id)).toEqual(before)
  await tree.playSealed(id, true)
  await tree.breakSeal(id, turnId, 0)
  await tree.breakSeal(id, turnId, 2)
  await tree.breakSeal(id, turnId, 0)
  expect((await storage.get('conversations', id))?.seals).toEqual({ broken: { [turnId]: [0, 2] } })
  await tree.playSealed(id, false)
  expect(await storage.get('conversations', id)).toEqual(before)
})
