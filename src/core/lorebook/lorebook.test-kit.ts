import { emptyCard, type Json } from '#core/cards/card.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { hear } from '#core/scene/hearing.ts'
import { activateLore, type LoreInput } from './activate.ts'
import type { ActiveLore } from './active-lore.ts'
import { describeVerdict } from './explain.ts'
import { type AttachedBook, knowLore } from './known-lore.ts'
import type { Lorebook } from './lorebook.ts'
import { readLorebookTree } from './read-lorebook.ts'

export const ana = 'ana' as CharacterId
export const ben = 'ben' as CharacterId

export const cast: Cast = {
  characters: [
    { id: ana, card: { ...emptyCard, name: 'Ana', description: 'A sailor.', tags: ['Sea'] } },
    { id: ben, card: { ...emptyCard, name: 'Ben' } },
  ],
  user: { name: 'Sam', description: 'A tall stranger.' },
}

export function say(raw: string, speaker: Speaker = { kind: 'user' }): Turn {
  return {
    id: raw as TurnId,
    conversationId: 'conversation' as ConversationId,
    parentId: null,
    speaker,
    dialect: speaker.kind === 'character' ? 'her' : 'player',
    raw,
    ending: 'complete',
    createdAt: 0,
  }
}

export function bookOf(entries: readonly Json[], book: Record<string, Json> = {}): Lorebook {
  const read = readLorebookTree({ ...book, entries })
  if (!read.ok) throw new Error(read.error.type)
  return read.value.book
}

export function attach(book: Lorebook, id = 'book'): AttachedBook {
  return { id, book, attachedTo: { kind: 'everywhere' } }
}

interface Setup extends Partial<Omit<LoreInput, 'known' | 'heard'>> {
  readonly entries?: readonly Json[]
  readonly book?: Record<string, Json>
  readonly books?: readonly AttachedBook[]
  readonly turns?: readonly (string | Turn)[]
  readonly reader?: CharacterId
}

/** What fires, for Ana unless said otherwise, when these turns were said. */
export function activate(setup: Setup): ActiveLore {
  const { entries = [], book = {}, books = [attach(bookOf(entries, book))], turns = [], reader = ana, ...more } = setup
  const heard = hear(
    turns.map((turn) => (typeof turn === 'string' ? say(turn) : turn)),
    reader,
    more.cast ?? cast,
  )
  return activateLore({ known: knowLore(books, reader, more.cast ?? cast), cast, seed: 'seed', ...more, heard })
}

/** The texts that enter the prompt, in their order. */
export function texts(lore: ActiveLore): string[] {
  return lore.entries.map(({ text }) => text)
}

/** What is said of every entry. */
export function reasons(lore: ActiveLore): string[] {
  return lore.explanations.map(({ verdict }) => describeVerdict(verdict))
}
