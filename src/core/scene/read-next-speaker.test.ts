import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyCard } from '#core/cards/card.ts'
import type { CharacterId } from '#core/ids.ts'
import type { CastMember } from './cast.ts'
import { labelsOf, readNextSpeaker } from './read-next-speaker.ts'

function member(id: string, name: string, nickname?: string): CastMember {
  return { id: id as CharacterId, card: { ...emptyCard, name, ...(nickname && { nickname }) } }
}

const candidates = [member('edgar', 'Edgar Linton', 'Edgar'), member('cathy-1', 'Cathy'), member('cathy-2', 'Cathy')]
const characterOf = (characterId: string) => ({ kind: 'character', characterId })

test('namesakes are told apart by a number', () => {
  expect(labelsOf(candidates).map(({ label }) => label)).toEqual(['Edgar', 'Cathy (1)', 'Cathy (2)'])
})

test.each([
  ['Next speaker: Edgar', characterOf('edgar')],
  ['**Next Speaker:** Edgar', characterOf('edgar')],
  ['Edgar', characterOf('edgar')],
  ['"Edgar Linton".', characterOf('edgar')],
  ['`edgar`', characterOf('edgar')],
  ['- Cathy (2)', characterOf('cathy-2')],
  ['Next speaker: Cathy', characterOf('cathy-1')],
  ['Reasoning: Cathy (1) has just asked, so it must be Edgar.', characterOf('edgar')],
  ['Edgar has spoken for long.\nNext speaker: Cathy (2)', characterOf('cathy-2')],
  ['Next speaker: Edgar\nNext speaker: Cathy (1), who was asked.', characterOf('cathy-1')],
  ['Next speaker：Edgar', characterOf('edgar')],
  ['<think>Cathy? No.</think>\nNext speaker: Edgar', characterOf('edgar')],
  ['<system_thinking>It is Cathy.</system_thinking>Edgar', characterOf('edgar')],
  ['Environment', { kind: 'environment' }],
  ['Next speaker: the narrator.', { kind: 'environment' }],
  ['The storm should answer: Environment', { kind: 'environment' }],
  ['<END CHAT>', { kind: 'end' }],
  ['Next speaker: End of scene', { kind: 'end' }],
  ['I think this is the end of the scene.', { kind: 'end' }],
  ['Next speaker: Heathcliff', undefined],
  ['random', undefined],
  ['Edgarian philosophy tends to surprise.', undefined],
  ['', undefined],
])('%s', (answer, expected) => {
  expect(readNextSpeaker(answer, candidates)).toEqual(expected)
})

test('any answer is read, and names nobody who may not speak', () => {
  const word = fc.constantFrom(
    'Edgar',
    'Cathy (2)',
    'Next speaker:',
    '<think>',
    '</think>',
    '*',
    '\n',
    'END',
    'Narrator',
  )
  const answer = fc.oneof(
    fc.string(),
    fc.array(word).map((words) => words.join(' ')),
  )
  fc.assert(
    fc.property(answer, fc.subarray(candidates), (text, able) => {
      const choice = readNextSpeaker(text, able)
      if (choice?.kind === 'character') expect(able.map(({ id }) => id)).toContain(choice.characterId)
    }),
  )
})
