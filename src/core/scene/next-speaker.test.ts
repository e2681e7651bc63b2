import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyCard } from '#core/cards/card.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from './cast.ts'
import {
  candidatesOf,
  type Moment,
  nextByMention,
  nextByTalkativeness,
  nextInTurn,
  nextSpeaker,
} from './next-speaker.ts'

const ids = ['lizzy', 'jane', 'darcy', 'twin', 'émile'] as CharacterId[]
const [lizzy, jane, darcy, twin, emile] = ids as [CharacterId, CharacterId, CharacterId, CharacterId, CharacterId]
const cards = [
  { name: 'Elizabeth Bennet', nickname: 'Lizzy' },
  { name: 'Jane Bennet', nickname: 'Jane' },
  { name: 'Fitzwilliam Darcy' },
  { name: 'Jane' },
  { name: 'Émile' },
]
const cast: Cast = {
  characters: ids.map((id, index) => ({ id, card: { ...emptyCard, ...cards[index] } })),
  user: { name: 'Clara', description: '' },
}

function turn(speaker: Speaker | CharacterId, raw: string, more: Partial<Turn> = {}): Turn {
  return {
    id: raw as TurnId,
    conversationId: 'c' as ConversationId,
    parentId: null,
    speaker: typeof speaker === 'string' ? { kind: 'character', characterId: speaker } : speaker,
    dialect: typeof speaker === 'string' ? 'her' : 'player',
    raw,
    ending: 'complete',
    createdAt: 0,
    ...more,
  }
}

const user: Speaker = { kind: 'user' }
const moment = (path: readonly Turn[], more: Partial<Moment> = {}): Moment => ({ cast, path, present: ids, ...more })
const said = (raw: string, more: Partial<Turn> = {}) => moment([turn(user, raw, more)])

describe('who may speak', () => {
  test('is whoever is there, is played by a model, and did not just speak', () => {
    const path = [turn(lizzy, 'Well?')]
    const at = { ...moment(path), cast: { ...cast, userPlays: darcy }, present: [lizzy, jane, darcy] }
    expect(candidatesOf(at).map(({ id }) => id)).toEqual([jane])
    expect(nextSpeaker({ ...at, present: [lizzy, darcy] })).toBeUndefined()
  })

  test('after a whisper is who heard it', () => {
    const whispered = said('Darcy is a bore.', { whisperTo: [jane] })
    expect(candidatesOf(whispered).map(({ id }) => id)).toEqual([jane])
    expect(nextSpeaker(whispered)).toBe(jane)
    // Whispered to one who is not there: nobody is called by words they have not heard.
    expect(nextByMention({ ...whispered, present: [lizzy, darcy] })).toBeUndefined()
  })
})

describe('a mention', () => {
  test.each([
    ['Lizzy, do come in.', lizzy],
    ['Have you seen LIZZY?', lizzy],
    ['What would miss Elizabeth say?', lizzy],
    ['I ask you, Darcy: why?', darcy],
    ['emile!', emile],
    ['Darcy left with Émile.', darcy],
    ['*turns to Darcy* And you?', darcy],
    ['*turns to Darcy* And you, Lizzy?', lizzy],
    ['*nods* [Darcy again]', undefined],
    ['Lizzyish, darcying, Bennet.', undefined],
    ['', undefined],
  ])('%s', (words, expected) => {
    expect(nextByMention(said(words))).toBe(expected)
  })

  test('of a name that two have goes to the one whose turn it is', () => {
    expect(nextByMention(moment([turn(lizzy, 'Jane?')]))).toBe(jane)
    expect(nextByMention(moment([turn(jane, 'Go on.'), turn(user, 'Jane?')]))).toBe(twin)
  })

  test('of a thought, a plan or somebody who is away is none', () => {
    const thought = '<system_thinking>Ask Darcy.</system_thinking><role_thinking>Lizzy!</role_thinking>Well.'
    expect(nextByMention(moment([turn(jane, thought)]))).toBeUndefined()
    expect(nextByMention(moment([turn(user, 'Darcy?')], { present: [lizzy, jane] }))).toBeUndefined()
  })
})

test('in turn goes round the cast, over those who are away', () => {
  const present = [lizzy, darcy, emile]
  const path: Turn[] = []
  const order = Array.from({ length: 6 }, () => {
    const next = nextInTurn(moment(path, { present })) as CharacterId
    path.push(turn(next, 'Yes.'), turn({ kind: 'environment' }, 'Rain.'))
    return next
  })
  expect(order).toEqual([lizzy, darcy, emile, lizzy, darcy, emile])
})

test('by talkativeness those who talk more speak more, and those who never do do not', () => {
  const weights = [1, 0, 0.25, undefined, 0]
  const characters = cast.characters.map(({ id, card }, index) => {
    const talkativeness = weights[index]
    return { id, card: { ...card, ...(talkativeness !== undefined && { talkativeness }) } }
  })
  const at = moment([turn(user, 'Well?')], { cast: { ...cast, characters } })
  const counts = new Map<CharacterId | undefined, number>()
  for (let step = 0; step < 1000; step += 1) {
    const next = nextByTalkativeness(at, () => step / 1000)
    counts.set(next, (counts.get(next) ?? 0) + 1)
  }
  expect(counts.get(jane)).toBeUndefined()
  expect(counts.get(emile)).toBeUndefined()
  expect(counts.get(lizzy)).toBeGreaterThan(560)
  expect(counts.get(twin)).toBeGreaterThan(275)
  expect(counts.get(darcy)).toBeGreaterThan(130)
  const silent = characters.map(({ id, card }) => ({ id, card: { ...card, talkativeness: 0 } }))
  expect(nextByTalkativeness({ ...at, cast: { ...cast, characters: silent } }, () => 0.7)).toBe(lizzy)
})

test('whatever is said, the one who is chosen may speak', () => {
  const words = fc.array(fc.constantFrom('Lizzy', 'Jane', 'Darcy', 'émile', 'and', '*waves*', '.', '日本', 'x'))
  const speakers = fc.constantFrom<Speaker | CharacterId>(...ids, user, { kind: 'environment' })
  const path = fc.array(fc.tuple(speakers, words), { maxLength: 5 })
  fc.assert(
    fc.property(path, fc.subarray(ids), fc.double({ min: 0, max: 0.999, noNaN: true }), (turns, present, chance) => {
      const at = moment(
        turns.map(([speaker, said]) => turn(speaker, said.join(' '))),
        { present },
      )
      const able = candidatesOf(at).map(({ id }) => id)
      for (const next of [nextSpeaker(at), nextInTurn(at), nextByTalkativeness(at, () => chance)]) {
        expect(able.length > 0 ? able.includes(next as CharacterId) : next === undefined).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})
