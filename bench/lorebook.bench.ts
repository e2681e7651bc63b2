import { type CardView, emptyCard } from '#core/cards/card.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import { activateLore } from '#core/lorebook/activate.ts'
import { knowLore } from '#core/lorebook/known-lore.ts'
import { readLorebookTree } from '#core/lorebook/read-lorebook.ts'
import type { Cast } from '#core/scene/cast.ts'
import { hear } from '#core/scene/hearing.ts'
import { atMost, type Figure, known, median } from './figure.ts'

const reader = 'anna' as CharacterId

const card: CardView = {
  ...emptyCard,
  name: 'Anna',
}

const cast: Cast = { characters: [{ id: reader, card }], user: { name: 'Boris', description: '' } }

function chat(said: (index: number) => string): Turn[] {
  return Array.from({ length: 50 }, (_, index) => ({
    id: `turn-${index}` as TurnId,
    conversationId: 'conversation' as ConversationId,
    parentId: null,
    speaker: index % 2 ? { kind: 'character', characterId: reader } : { kind: 'user' },
    dialect: index % 2 ? 'her' : 'player',
    raw: said(index),
    ending: 'complete',
    createdAt: index,
  }))
}

interface Entry {
  readonly keys: readonly string[]
  readonly content: string
  readonly use_regex?: boolean
}

function activation(entries: readonly Entry[], turns: readonly Turn[]): () => ReturnType<typeof activateLore> {
  const books = Array.from({ length: Math.ceil(entries.length / 5000) }, (_, part) => {
    const read = readLorebookTree({
      scan_depth: 50,
      recursive_scanning: true,
      entries: entries.slice(part * 5000, (part + 1) * 5000).map((entry) => ({ ...entry })),
    })
    if (!read.ok) throw new Error(read.error.type)
    return { id: `book ${part}`, book: read.value.book, attachedTo: { kind: 'everywhere' } as const }
  })
  const heard = hear(turns, reader, cast)
  return () => activateLore({ known: knowLore(books, reader, cast), cast, heard, seed: 'seed' })
}

function medianMs(work: () => unknown): number {
  work()
  return median(
    Array.from({ length: 7 }, () => {
      const start = performance.now()
      work()
      return performance.now() - start
    }),
  )
}

const prose = 'She closed the ledger and looked at the grey pier, where nobody had moored since the fire. '

const hostile = [
  '(a+)+$',
  '(a|a)*$',
  '(a|aa)+$',
  '(.*)*=',
  '(?=(a+)+$)b',
  '(a?){30}a{30}!$',
  '(\\w+\\s?)+:$',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  'a*a*a*a*a*a*$',
  '(.*a){12}$',
]

/** What it takes to decide on a reply's lore: in a very large book, and in books made to stop the page. */
export async function run(): Promise<Figure[]> {
  const names = Array.from({ length: 10_000 }, (_, index) => `keeper${index.toString(36)}`)
  const turns = chat((index) => `${prose.repeat(4)} ${names[index * 190]} came by. ${prose}`)
  const entries = names.map((name, index) => ({ keys: [name, `${name}'s`], content: `Of ${names[index + 1]}.` }))
  const large = activation(entries, turns)
  const fired = large().entries.length
  const patterns = activation(
    entries.slice(0, 1000).map(({ keys, content }) => ({ keys: [`/\\b${keys[0]}(s|'s)?\\b/i`], content })),
    turns,
  )
  const attack = activation(
    Array.from({ length: 1000 }, (_, index) => ({
      keys: [`(?:${hostile[index % hostile.length]}|z${index})`],
      content: 'x',
      use_regex: true,
    })),
    chat(() => `${'a'.repeat(2000)}! `),
  )
  return [
    atMost(400, 'lore of 10,000 entries against 50 turns', medianMs(large), 'ms', { fired }),
    known('lore of 1,000 patterns against 50 turns', medianMs(patterns), 'ms'),
    atMost(300, 'lore of 1,000 hostile patterns against 100,000 characters', medianMs(attack), 'ms'),
  ]
}
