import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Speaker } from '#core/conversation/turn.ts'
import type { Layer, Segment } from '#core/her/segment.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import { fold, foldTraced } from './fold.ts'
import { highlight } from './highlight.ts'
import { createSearchIndex, type SearchableTurn } from './search-index.ts'
import type { SearchQuery } from './search-query.ts'

const anna: Speaker = { kind: 'character', characterId: 'anna' as CharacterId }
const boris: Speaker = { kind: 'character', characterId: 'boris' as CharacterId }
const user: Speaker = { kind: 'user' }
const speakers = [anna, boris, user]
const layers: readonly Layer[] = ['system_thinking', 'role_thinking', 'role_action', 'speech']

function said(text: string, layer: Layer = 'speech'): Segment {
  return { layer, text, closed: true }
}

function turn(number: number, speaker: Speaker, parent: number | null, ...segments: Segment[]): SearchableTurn {
  return {
    id: `t${number}` as TurnId,
    conversationId: 'c' as ConversationId,
    parentId: parent === null ? null : (`t${parent}` as TurnId),
    speaker,
    createdAt: number,
    segments,
  }
}

function found(turns: readonly SearchableTurn[], query: SearchQuery | string, limit = 100): string[] {
  const index = createSearchIndex()
  for (const one of turns) index.put(one)
  return index.search(typeof query === 'string' ? { text: query } : query, limit).hits.map((hit) => hit.turnId)
}

describe('search', () => {
  const story = [
    turn(1, anna, null, said('Did you take the letter?')),
    turn(2, user, 1, said('leans back', 'role_action'), said('No.'), said('The letter burns well.', 'role_thinking')),
    turn(3, anna, 2, said('Anna suspects the letter was burnt.', 'system_thinking'), said('You lie.')),
    turn(4, anna, 2, said('He burnt it', 'role_thinking'), said('Café Müller, then. 我的猫很好')),
  ]

  test('finds every word, in any layer, the newest turn first', () => {
    expect(found(story, 'letter')).toEqual(['t3', 't2', 't1'])
    expect(found(story, 'letter you')).toEqual(['t3', 't1'])
    expect(found(story, 'letter zebra')).toEqual([])
    expect(found(story, '  ')).toEqual([])
  })

  test('finds how a word begins, a phrase whole, and Chinese anywhere', () => {
    expect(found(story, 'suspect')).toEqual(['t3'])
    expect(found(story, 'ear')).toEqual([])
    expect(found(story, '"you li"')).toEqual([])
    expect(found(story, '“You lie”')).toEqual(['t3'])
    expect(found(story, 'burn "burn"')).toEqual([])
    expect(found(story, '猫')).toEqual(['t4'])
  })

  test('does not mind case, diacritics, width and the shape of quotes', () => {
    expect(found(story, 'CAFE muller')).toEqual(['t4'])
    expect(found(story, 'ｃａｆé')).toEqual(['t4'])
    expect(fold('Straße ÆSOP İstanbul Σίσυφος’')).toBe("strasse aesop istanbul σισυφοσ'")
    expect(fold('й が 한')).toBe('и が 한')
  })

  test('looks only where and at whom it is told to', () => {
    expect(found(story, { text: 'letter', layers: new Set(['role_thinking']) })).toEqual(['t2'])
    expect(found(story, { text: 'letter', speaker: anna })).toEqual(['t3', 't1'])
    expect(found(story, { text: 'letter', conversationId: 'other' as ConversationId })).toEqual([])
    expect(found(story, { text: 'letter', layers: new Set() })).toEqual([])
  })

  test('finds what was thought but never said', () => {
    expect(found(story, { text: 'letter', unsaid: true })).toEqual(['t2'])
    expect(found(story, { text: 'burnt', unsaid: true })).toEqual(['t4', 't3'])
    const later = [...story, turn(5, anna, 4, said('You burnt it!')), turn(6, anna, 5, said('burnt', 'role_thinking'))]
    expect(found(later, { text: 'burnt', unsaid: true })).toEqual(['t4', 't3'])
    // Said by another, and said on another branch, does not count.
    expect(found([...story, turn(5, anna, 3, said('no', 'role_thinking'))], { text: 'no', unsaid: true })).toEqual([
      't5',
    ])
  })

  test('counts what it does not list, and tells where it was found', () => {
    const index = createSearchIndex()
    for (const one of story) index.put(one)
    const { hits, total } = index.search({ text: 'letter' }, 1)
    expect({ hits, total }).toEqual({
      hits: [{ conversationId: 'c', turnId: 't3', layers: ['system_thinking'] }],
      total: 3,
    })
  })

  test('forgets what is taken out', () => {
    const index = createSearchIndex()
    for (const one of story) index.put(one)
    index.put(turn(3, anna, 2, said('Nothing.')))
    index.remove('c' as ConversationId, 't2' as TurnId)
    index.remove('c' as ConversationId, 't9' as TurnId)
    expect(index.search({ text: 'letter' }, 9).hits.map((hit) => hit.turnId)).toEqual(['t1'])
    expect(index.search({ text: 'nothing' }, 9).hits.map((hit) => hit.turnId)).toEqual(['t3'])
    expect(index.size).toBe(3)
    index.removeConversation('c' as ConversationId)
    expect([index.size, index.search({ text: 'you' }, 9).total]).toEqual([0, 0])
  })

  test('is not led in circles', () => {
    const ring = [turn(1, anna, 2, said('secret', 'role_thinking')), turn(2, anna, 1, said('no'))]
    expect(found(ring, { text: 'secret', unsaid: true })).toEqual(['t1'])
  })
})

describe('highlights', () => {
  const marked = (segment: Segment, query: SearchQuery | string) =>
    highlight([segment], typeof query === 'string' ? { text: query } : query)
      .flat()
      .map(({ start, end }) => segment.text.slice(start, end))

  test('mark what was found in the text as it is written', () => {
    expect(marked(said('The Café, the cafeteria'), 'cafe the')).toEqual(['The', 'Café', 'the', 'cafe'])
    expect(marked(said('Cafe\u0301s'), 'café')).toEqual(['Cafe\u0301'])
    expect(marked(said('Große Straße'), 'gros')).toEqual(['Groß'])
    expect(marked(said('abcabc 猫猫'), '猫')).toEqual(['猫猫'])
    expect(marked(said('x', 'role_thinking'), { text: 'x', layers: new Set(['speech']) })).toEqual([])
  })

  test('of any text are whole characters of it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.nat(30), fc.nat(30), (text, from, to) => {
        const source = `é${text}ß`
        const traced = foldTraced(source)
        expect(traced.text).toBe(fold(source))
        const [start, end] = [Math.min(from, to), Math.max(from, to) + 1].map((at) => Math.min(at, traced.text.length))
        if (start === undefined || end === undefined || start >= end) return
        const range = traced.sourceOf(start, end)
        expect(fold(source.slice(range.start, range.end))).toContain(traced.text.slice(start, end))
      }),
    )
  })
})

describe('the index', () => {
  // Few words, so that they are often found; some run into each other.
  const text = fc
    .array(fc.constantFrom('ab', 'Ab', 'áb', 'b', ' ', ' ', '’', '猫', '猫b', 'ßx', ',', '\n'), { maxLength: 8 })
    .map((parts) => parts.join(''))
  const segments = fc.array(fc.record({ layer: fc.constantFrom(...layers), text, closed: fc.constant(true) }), {
    maxLength: 4,
  })
  const shapes = fc.array(
    fc.record({ parent: fc.nat(), speaker: fc.constantFrom(...speakers), segments, chat: fc.constantFrom('c', 'd') }),
    { minLength: 1, maxLength: 25 },
  )
  const queries = fc.record({
    words: fc.array(fc.constantFrom('ab', 'b', '猫', 'ssx', 'b’b', '"ab b"', '"b"', 'zz'), {
      minLength: 1,
      maxLength: 3,
    }),
    layers: fc.option(fc.subarray([...layers]), { nil: undefined }),
    speaker: fc.option(fc.constantFrom(...speakers), { nil: undefined }),
    chat: fc.option(fc.constantFrom('c', 'd'), { nil: undefined }),
    unsaid: fc.boolean(),
  })

  const letter = '(?:(?![\\p{sc=Han}])[\\p{L}\\p{N}])'
  const pattern = (word: string) => {
    const bare = fold(word.replaceAll('"', ''))
    const start = bare.startsWith('猫') ? '' : `(?<!${letter})`
    const end = word.startsWith('"') && !bare.endsWith('猫') ? `(?!${letter})` : ''
    return new RegExp(start + bare + end, 'u')
  }
  const holds = (one: SearchableTurn, words: readonly string[], where: readonly Layer[]) =>
    words.every((word) =>
      one.segments.some((segment) => where.includes(segment.layer) && pattern(word).test(fold(segment.text))),
    )
  const same = (one: Speaker, other: Speaker) => JSON.stringify(one) === JSON.stringify(other)

  test('finds what a look at every turn finds, whatever went in and out before', () => {
    fc.assert(
      fc.property(shapes, queries, fc.array(fc.nat(), { maxLength: 5 }), fc.nat(30), (made, wanted, removed, limit) => {
        const turns: SearchableTurn[] = []
        for (const [number, { parent, speaker, segments, chat }] of made.entries()) {
          const before = turns.filter((one) => one.conversationId === chat)
          turns.push({
            ...turn(number + 100, speaker, null, ...segments),
            conversationId: chat as ConversationId,
            parentId: before[parent % Math.max(1, before.length)]?.id ?? null,
          })
        }
        const index = createSearchIndex()
        const shuffled = [...turns.filter((_, at) => at % 3 !== 0), ...turns.filter((_, at) => at % 3 === 0)]
        for (const one of shuffled) index.put(one.createdAt % 2 ? one : { ...one, segments: [said('ab 猫 b zz')] })
        index.search({ text: 'ab' }, 1)
        const gone = new Set(removed.map((at) => turns[at % turns.length]))
        for (const one of turns) {
          if (gone.has(one)) index.remove(one.conversationId, one.id)
          else index.put(one)
        }

        const living = turns.filter((one) => !gone.has(one))
        const where = layers.filter(
          (layer) => (wanted.layers?.includes(layer) ?? true) && (!wanted.unsaid || layer.endsWith('_thinking')),
        )
        const wasSaid = (one: SearchableTurn, speaker: Speaker): boolean => {
          if (same(one.speaker, speaker) && holds(one, wanted.words, ['speech'])) return true
          const parent = living.find((other) => other.id === one.parentId)
          return parent !== undefined && wasSaid(parent, speaker)
        }
        const expected = living
          .filter((one) => holds(one, wanted.words, where))
          .filter((one) => wanted.speaker === undefined || same(one.speaker, wanted.speaker))
          .filter((one) => wanted.chat === undefined || one.conversationId === wanted.chat)
          .filter((one) => !wanted.unsaid || !wasSaid(one, one.speaker))
          .map((one) => one.id)
          .reverse()
        const query: SearchQuery = {
          text: wanted.words.join(' '),
          unsaid: wanted.unsaid,
          ...(wanted.layers && { layers: new Set(wanted.layers) }),
          ...(wanted.speaker && { speaker: wanted.speaker }),
          ...(wanted.chat && { conversationId: wanted.chat as ConversationId }),
        }
        const { hits, total } = index.search(query, limit)
        expect(index.size).toBe(living.length)
        expect(total).toBe(expected.length)
        expect(hits.map((hit) => hit.turnId)).toEqual(expected.slice(0, limit))
        for (const hit of hits) {
          const one = living.find((other) => other.id === hit.turnId)
          const marked = highlight(one?.segments ?? [], query)
          const lit = new Set(one?.segments.filter((_, at) => (marked[at]?.length ?? 0) > 0).map(({ layer }) => layer))
          expect(lit).toEqual(new Set(hit.layers))
        }
      }),
    )
  })
})
