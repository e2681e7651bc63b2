import { expect, test } from 'vitest'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import { createTree, newestLeafUnder, pathTo, takesOf } from '#core/conversation/tree.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { everyLayer } from '#core/story/story.ts'
import { adoptStory } from '#core/story/story-draft.ts'
import { readStoryFile, writeStoryFile } from '#core/story/story-file.ts'
import { anna, boris, enhanceStory } from '#core/training/enhance/enhance.test-kit.ts'
import { type Taking, takeEnhanced } from './take-enhanced.ts'

const id = 'story' as ConversationId
const turns = [
  {
    turnId: 't1' as TurnId,
    raw: '<role_thinking>I lie</role_thinking>Good evening, inspector.',
    stages: ['S2' as const],
  },
]

async function setup() {
  const storage = createMemoryStorage()
  const { path, cast } = enhanceStory()
  const conversation: Conversation = {
    id,
    characterId: anna,
    cast: [anna, boris],
    title: '',
    headId: 't4' as TurnId,
    createdAt: 1,
    updatedAt: 1,
  }
  const marked = path.map((turn) =>
    turn.id === 't1' ? { ...turn, name: 'Here', bookmarked: true as const, template: true } : turn,
  )
  await storage.write([
    { type: 'put', table: 'conversations', row: conversation },
    ...marked.map((row) => ({ type: 'put', table: 'turns', row }) as const),
  ])
  let writes = 0
  storage.onChange(() => {
    writes += 1
  })
  let next = 0
  const turnsOf = () => storage.turnsBefore(id, undefined, 1000)
  const take = (as: Taking['as']) =>
    takeEnhanced(
      { conversationId: id, headId: 't4' as TurnId, turns, teacher: 'teacher-1', jobId: 'job', as },
      { storage, turnsOf, createId: () => `u${next++}`, now: () => 9 },
    )
  return { storage, take, turnsOf, conversation, cast, writes: () => writes }
}

test('a branch begins at the first changed turn and goes on to the end, in one write; nothing else changes', async () => {
  const { storage, take, turnsOf, writes } = await setup()
  const before = await turnsOf()
  expect(await take('branch')).toBe('u0')
  expect(writes()).toBe(1)
  const after = await turnsOf()
  expect(after.slice(0, 5)).toEqual(before)
  expect((await storage.get('conversations', id))?.headId).toBe('t4')
  const tree = createTree(after)
  const first = tree.turnsById.get('u0' as TurnId)
  if (!first) throw new Error('no turn')
  expect(takesOf(tree, first).map((turn) => turn.id)).toEqual(['t1', 'u0'])
  expect(first).toEqual({
    id: 'u0',
    conversationId: id,
    parentId: 't0',
    speaker: { kind: 'character', characterId: anna },
    raw: turns[0]?.raw,
    dialect: 'her',
    ending: 'complete',
    createdAt: 9,
    making: {
      keepsOthers: true,
      provenance: { kind: 'reverse-engineered', teacher: 'teacher-1', stages: ['S2'], jobId: 'job', from: 't1' },
    },
  })
  const branch = pathTo(tree, newestLeafUnder(tree, first.id))
  expect(branch.map((turn) => turn.raw)).toEqual(before.map((turn) => (turn.id === 't1' ? turns[0]?.raw : turn.raw)))
  expect(branch.slice(2).every(({ making }) => making?.provenance === undefined)).toBe(true)
})

test('one take is a sibling and nothing more; a chat that is gone takes nothing', async () => {
  const { storage, take, turnsOf } = await setup()
  expect(await take('take')).toBe('u0')
  expect((await turnsOf()).map((turn) => turn.id)).toEqual(['t0', 't1', 't2', 't3', 't4', 'u0'])
  await storage.write([{ type: 'delete', table: 'conversations', key: id }])
  expect(await take('take')).toBeUndefined()
})

test('where a take comes from is in the chat’s file, and is found again in the chat that is made of it', async () => {
  const { take, turnsOf, conversation, cast } = await setup()
  await take('branch')
  const story = { conversation: { ...conversation, headId: 'u3' as TurnId }, turns: await turnsOf(), cast }
  const read = (extent: 'tree' | 'path') => {
    const file = readStoryFile(JSON.parse(writeStoryFile(story, { layers: everyLayer, extent })))
    if (!file.ok) throw new Error(file.error.sentence)
    let next = 0
    return adoptStory(file.value.draft, {
      conversationId: id,
      characterIds: new Map([
        ['anna', anna],
        ['boris', boris],
      ]),
      characterId: anna,
      createId: () => `n${next++}`,
      now: 1,
    }).turns
  }
  const tree = read('tree')
  const original = tree.find(({ raw }) => raw.startsWith('Good evening'))
  expect(tree.flatMap(({ making }) => making?.provenance ?? [])).toEqual([
    { kind: 'reverse-engineered', teacher: 'teacher-1', stages: ['S2'], jobId: 'job', from: original?.id },
  ])
  // What it was written for stays behind.
  expect(read('path').flatMap(({ making }) => making?.provenance ?? [])).toEqual([
    { kind: 'reverse-engineered', teacher: 'teacher-1', stages: ['S2'], jobId: 'job' },
  ])
})
