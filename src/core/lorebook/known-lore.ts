import type { CharacterId } from '#core/ids.ts'
import { type Cast, memberOf, namesOf } from '#core/scene/cast.ts'
import type { Lorebook, LoreEntry } from './lorebook.ts'

/** What a lorebook is attached to. A character's own book is that character's knowledge and nobody else's. */
export type Attachment =
  | { readonly kind: 'chat' | 'persona' | 'everywhere' }
  | { readonly kind: 'character'; readonly characterId: CharacterId }

export interface AttachedBook {
  /** Unique among the books of a chat. */
  readonly id: string
  readonly book: Lorebook
  readonly attachedTo: Attachment
}

/** An entry and the book it is in. */
export interface PlacedEntry {
  readonly book: AttachedBook
  readonly entry: LoreEntry
}

/** Books attached more closely to the story come first, and are the last to be cut. */
const precedence: readonly Attachment['kind'][] = ['chat', 'persona', 'character', 'everywhere']

/** Lore as one character may know it. Private to this file and marked by a private field, as `HeardTurn` is. */
class Known {
  readonly #reader: CharacterId
  readonly #known: ReadonlySet<PlacedEntry>
  /** By precedence of their books, then from the highest order down. */
  readonly entries: readonly PlacedEntry[]
  /** What the reader does not know: for telling the author why it did not fire, and nothing else. */
  readonly unknown: readonly PlacedEntry[]
  /** All books, in the order their entries are told of. */
  readonly books: readonly AttachedBook[]

  constructor(books: readonly AttachedBook[], reader: CharacterId, cast: Cast) {
    this.#reader = reader
    this.books = distinct(books)
    const placed = this.books.flatMap((book) => book.book.entries.map((entry) => ({ book, entry })))
    const isOpen = ({ book, entry }: PlacedEntry) => knows(reader, entry, book.attachedTo, cast)
    this.#known = new Set(placed.filter(isOpen))
    this.entries = [...this.#known].sort(
      (one, other) => rank(one.book) - rank(other.book) || other.entry.order - one.entry.order,
    )
    this.unknown = placed.filter((each) => !this.#known.has(each))
  }

  static readerOf(known: Known): CharacterId {
    return known.#reader
  }

  static holds(known: Known, placed: PlacedEntry): boolean {
    return known.#known.has(placed)
  }
}

export type KnownLore = Known

/** The one gate between lorebooks and a character's prompt: what it does not know is not in what comes out. */
export function knowLore(books: readonly AttachedBook[], reader: CharacterId, cast: Cast): KnownLore {
  return new Known(books, reader, cast)
}

/** Whose knowledge it is. */
export function readerOf(known: KnownLore): CharacterId {
  return Known.readerOf(known)
}

/** True for an entry that came through the gate. */
export function isKnown(placed: PlacedEntry, known: KnownLore): boolean {
  return Known.holds(known, placed)
}

/**
 * A private entry is known to whom it names. A name that several in the cast bear names the one whose book it is in, if
 * that is among them, and otherwise nobody: better that no one knows a secret than that the wrong one does.
 */
function knows(reader: CharacterId, entry: LoreEntry, attachedTo: Attachment, cast: Cast): boolean {
  const owner = attachedTo.kind === 'character' ? attachedTo.characterId : undefined
  if (owner !== undefined && owner !== reader) return false
  const { knownTo } = entry
  return knownTo === undefined || knownTo.some((name) => isNamed(name, reader, owner, cast))
}

function isNamed(name: string, reader: CharacterId, owner: CharacterId | undefined, cast: Cast): boolean {
  if (/^\{\{\s*char\s*\}\}$/i.test(name)) return owner === reader
  if (name === reader) return true
  const member = memberOf(reader, cast)
  if (!member || !bears(name, member.card)) return false
  const isShared = cast.characters.some((other) => other.id !== reader && bears(name, other.card))
  return !isShared || owner === reader
}

function bears(name: string, card: Parameters<typeof namesOf>[0]): boolean {
  return namesOf(card).some((each) => each.toLowerCase() === name.toLowerCase())
}

function rank({ attachedTo }: AttachedBook): number {
  return precedence.indexOf(attachedTo.kind)
}

/** A book that is attached twice counts once, where it comes first. */
function distinct(books: readonly AttachedBook[]): AttachedBook[] {
  const seen = new Set<unknown>()
  return [...books]
    .sort((one, other) => rank(one) - rank(other))
    .filter(({ id, book }) => !seen.has(id) && !seen.has(book.raw) && seen.add(id).add(book.raw))
}
