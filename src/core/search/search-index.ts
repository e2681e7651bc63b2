import type { Speaker } from '#core/conversation/turn.ts'
import type { Layer, Segment } from '#core/her/segment.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { fold } from './fold.ts'
import { type SearchQuery, searchedLayers } from './search-query.ts'
import { findTerm, readTerms, type Term } from './terms.ts'

/** A turn as the index takes it: what it says, read into segments. Plain data, so that it may be sent to a worker. */
export interface SearchableTurn {
  readonly id: TurnId
  readonly conversationId: ConversationId
  readonly parentId: TurnId | null
  readonly speaker: Speaker
  readonly createdAt: number
  readonly segments: readonly Segment[]
}

/** A turn in which everything was found. */
export interface SearchHit {
  readonly conversationId: ConversationId
  readonly turnId: TurnId
  /** The layers in which something of it was found. */
  readonly layers: readonly Layer[]
}

export interface SearchResult {
  /** The newest first; no more than were asked for. */
  readonly hits: readonly SearchHit[]
  /** How many there are in all. */
  readonly total: number
}

/**
 * Folded text of all turns, searched as it is: a scan of 100,000 turns takes less than building word lists for a few
 * of them would save. Turns go in and out one by one.
 */
export interface SearchIndex {
  readonly size: number
  /** Adds a turn, or replaces the one of the same id. */
  put(turn: SearchableTurn): void
  remove(conversationId: ConversationId, turnId: TurnId): void
  removeConversation(conversationId: ConversationId): void
  search(query: SearchQuery, limit: number): SearchResult
}

interface Entry {
  readonly id: TurnId
  readonly conversationId: ConversationId
  readonly parentId: TurnId | null
  readonly speaker: string
  readonly createdAt: number
  /** Folded; the segments of a layer are parted by a NUL, which folded text has none of. */
  readonly texts: Readonly<Record<Layer, string>>
  isGone: boolean
  /** Its place among all turns, once `tidy` has run. */
  place: number
}

export function createSearchIndex(): SearchIndex {
  const chats = new Map<ConversationId, Map<TurnId, Entry>>()
  /** Oldest first, once `tidy` has run. */
  let entries: Entry[] = []
  let isSorted = true
  let gone = 0

  function drop(entry: Entry | undefined): void {
    if (!entry) return
    entry.isGone = true
    gone += 1
  }

  function tidy(): void {
    if (gone > 0) entries = entries.filter((entry) => !entry.isGone)
    if (!isSorted) entries.sort(compareAge)
    if (gone > 0 || !isSorted) for (const [place, entry] of entries.entries()) entry.place = place
    gone = 0
    isSorted = true
  }

  return {
    get size() {
      return entries.length - gone
    },

    put: (turn) => {
      const chat = chats.get(turn.conversationId) ?? new Map<TurnId, Entry>()
      chats.set(turn.conversationId, chat)
      drop(chat.get(turn.id))
      const entry = toEntry(turn, entries.length)
      const newest = entries.at(-1)
      isSorted &&= newest === undefined || compareAge(newest, entry) <= 0
      chat.set(turn.id, entry)
      entries.push(entry)
    },

    remove: (conversationId, turnId) => {
      const chat = chats.get(conversationId)
      drop(chat?.get(turnId))
      chat?.delete(turnId)
    },

    removeConversation: (conversationId) => {
      for (const entry of chats.get(conversationId)?.values() ?? []) drop(entry)
      chats.delete(conversationId)
    },

    search: (query, limit) => {
      tidy()
      const terms = readTerms(query.text)
      if (terms.length === 0) return { hits: [], total: 0 }
      const layers = searchedLayers(query)
      const speaker = query.speaker && speakerKey(query.speaker)
      const wasSaid = query.unsaid ? createMemory(chats, terms, entries.length) : undefined
      const hits: SearchHit[] = []
      let total = 0
      for (let index = entries.length - 1; index >= 0; index--) {
        const entry = entries[index]
        if (!entry || (speaker !== undefined && entry.speaker !== speaker)) continue
        if (query.conversationId !== undefined && entry.conversationId !== query.conversationId) continue
        if (!holdsAll(entry, terms, layers) || wasSaid?.(entry)) continue
        total += 1
        if (hits.length < limit) hits.push(toHit(entry, terms, layers))
      }
      return { hits, total }
    },
  }
}

const unknown = 0
const said = 1
const notSaid = 2

/** Tells whether a turn's speaker has said all terms, in that turn or in one before it on its path. */
function createMemory(
  chats: ReadonlyMap<ConversationId, ReadonlyMap<TurnId, Entry>>,
  terms: readonly Term[],
  count: number,
): (entry: Entry) => boolean {
  /** By speaker and place: whether it was said on the path that ends there. */
  const memories = new Map<string, Uint8Array>()
  return (entry) => {
    const memory = memories.get(entry.speaker) ?? new Uint8Array(count)
    memories.set(entry.speaker, memory)
    const chat = chats.get(entry.conversationId)
    const walked: number[] = []
    let answer = notSaid
    for (let at: Entry | undefined = entry; at; at = at.parentId === null ? undefined : chat?.get(at.parentId)) {
      const before = memory[at.place] ?? unknown
      if (before !== unknown) {
        answer = before
        break
      }
      // Before its ancestors are looked at: a ring of turns, which no chat of ours has, would be walked for ever.
      memory[at.place] = notSaid
      walked.push(at.place)
      if (at.speaker === entry.speaker && holdsAll(at, terms, spoken)) {
        answer = said
        break
      }
    }
    if (answer === said) for (const place of walked) memory[place] = said
    return answer === said
  }
}

const spoken: readonly Layer[] = ['speech']

function holdsAll(entry: Entry, terms: readonly Term[], layers: readonly Layer[]): boolean {
  for (const term of terms) {
    let isFound = false
    for (const layer of layers) {
      if (findTerm(entry.texts[layer], term) < 0) continue
      isFound = true
      break
    }
    if (!isFound) return false
  }
  return true
}

function toHit(entry: Entry, terms: readonly Term[], layers: readonly Layer[]): SearchHit {
  return {
    conversationId: entry.conversationId,
    turnId: entry.id,
    layers: layers.filter((layer) => terms.some((term) => findTerm(entry.texts[layer], term) >= 0)),
  }
}

function toEntry({ id, conversationId, parentId, speaker, createdAt, segments }: SearchableTurn, place: number): Entry {
  const textOf = (layer: Layer) =>
    segments
      .filter((segment) => segment.layer === layer)
      .map((segment) => fold(segment.text))
      .join('\0')
  const texts = {
    speech: textOf('speech'),
    role_action: textOf('role_action'),
    role_thinking: textOf('role_thinking'),
    system_thinking: textOf('system_thinking'),
  }
  return { id, conversationId, parentId, speaker: speakerKey(speaker), createdAt, texts, isGone: false, place }
}

function speakerKey(speaker: Speaker): string {
  return speaker.kind === 'character' ? `character ${speaker.characterId}` : speaker.kind
}

function compareAge(one: Entry, other: Entry): number {
  return one.createdAt - other.createdAt || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
}
