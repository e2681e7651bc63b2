import { expect, test } from 'vitest'
import { createTree } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, TurnId } from '#core/ids.ts'
import { implicitPairs } from './implicit-pairs.ts'
import { pairOf, pairsOf } from './pairs.ts'
import { pairKey } from './preference.ts'
import { annaId, asked, duo, takeOf } from './taste.test-kit.ts'

const made = { making: { model: 'her' } }
const implicit = (turns: readonly Turn[], head: string) =>
  implicitPairs(createTree(turns), head as TurnId, duo, {}).map(({ a, b, verdict, by }) => [
    `${a}${b} ${verdict}`,
    by.kind === 'implicit' && by.from,
  ])

test('each take stands beside the one after it; what can’t be compared is left out', () => {
  const turns = [
    asked,
    takeOf('2', '1', 'Anna.', made),
    takeOf('3', '1', 'Anna.', made),
    takeOf('4', '1', 'Who asks?', made),
    takeOf('5', '1', 'Cut sh', { ending: 'stopped' }),
    takeOf('6', '1', 'Go.', made),
    takeOf('7', '1', 'Bye.', { speaker: { kind: 'character', characterId: 'boris' as CharacterId } }),
    takeOf('8', '1', 'Gone.', { deletedAt: 3 }),
    takeOf('9', null, 'Hello.', { template: true }),
  ]
  expect(pairsOf(createTree(turns), {}).map(pairKey)).toEqual(['2 4', '4 6'])
  expect(pairsOf(createTree(turns), { userPlays: annaId })).toEqual([])
  expect(pairOf(turns[3] as Turn, turns[1] as Turn)).toMatchObject({ a: '2', b: '4', parentId: '1' })
})

test('a take that is read on with was preferred to one that is not', () => {
  const turns = [asked, takeOf('2', '1', 'Anna.', made), takeOf('3', '1', 'Who asks?', made)]
  const onward = takeOf('4', '3', 'I do.', { speaker: { kind: 'user' }, dialect: 'player' })
  expect(implicit(turns, '3')).toEqual([])
  expect(implicit([...turns, onward], '4')).toEqual([['23 b', 'kept']])
  const branch = takeOf('5', '2', 'So.', { speaker: { kind: 'user' }, dialect: 'player' })
  expect(implicit([...turns, onward, branch], '4')).toEqual([])
})

test('what the reader wrote or steered was preferred to what it was made from', () => {
  const original = takeOf('2', '1', '<role_thinking>I lie.</role_thinking>Boris.', made)
  const from = { editedFrom: '2' as TurnId }
  const corrected = takeOf('3', '1', 'Anna.', from)
  expect(implicit([asked, original, corrected], '3')).toEqual([['23 b', 'corrected']])
  const kept = { layers: ['role_thinking'], way: 'prefill' } as const
  const steered = takeOf('3', '1', '<role_thinking>I won’t lie.</role_thinking>Anna.', { ...from, making: { kept } })
  expect(implicit([asked, original, steered], '3')).toEqual([['23 b', 'steered']])
  const sameThought = takeOf('3', '1', '<role_thinking>I lie.</role_thinking>Anna.', { ...from, making: { kept } })
  expect(implicit([asked, original, sameThought], '3')).toEqual([])
})
