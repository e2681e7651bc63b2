import type { CardDocument } from './card.ts'
import { cardFields } from './card-fields.ts'
import { contentHash } from './card-meaning.ts'
import type { Character } from './character.ts'
import { isObject, own } from './json-tree.ts'
import { viewCard } from './view-card.ts'

/** Raised when an entry holds something it did not: entries of an older form are made anew. */
export const catalogueForm = 1

/**
 * What a list shows of a character and finds it by: small, where the character's row is as large as its card. Made from
 * that row whenever it is written, so it is never older.
 */
export interface CatalogueEntry extends Omit<Character, 'document' | 'personaId' | 'model'> {
  readonly form: number
  readonly name: string
  readonly nickname?: string
  /** The book a character is from. */
  readonly book?: string
  readonly creator?: string
  /** The card's tags and the reader's own; of two that differ only in case, the first. */
  readonly tags: readonly string[]
  /** How many entries the book in the card has; absent when there is none. */
  readonly loreEntries?: number
  /** How much text the card has, in UTF-16 units. */
  readonly size: number
  /** The same for cards that say the same. */
  readonly contentHash: string
}

/** A character's entry in the catalogue. */
export function catalogueEntry({ document, personaId: _personaId, model: _model, ...row }: Character): CatalogueEntry {
  const card = viewCard(document)
  const loreEntries = loreEntriesOf(document)
  return {
    ...row,
    form: catalogueForm,
    name: card.name,
    ...(card.nickname !== undefined && { nickname: card.nickname }),
    ...(card.her.book !== undefined && { book: card.her.book }),
    ...(card.creator !== '' && { creator: card.creator }),
    ...(loreEntries !== undefined && { loreEntries }),
    tags: distinctTags([...card.tags, ...(row.tags ?? [])]),
    size: JSON.stringify(document.raw).length,
    contentHash: contentHash(document),
  }
}

/** As they are counted without being read: some of them may be of no use. */
function loreEntriesOf(document: CardDocument): number | undefined {
  const book = own(cardFields(document), 'character_book')
  if (!isObject(book)) return undefined
  const entries = own(book, 'entries')
  return isObject(entries) ? Object.keys(entries).length : Array.isArray(entries) ? entries.length : 0
}

/** Tags without those that another says in other letters. */
export function distinctTags(tags: readonly string[]): string[] {
  const known = new Map<string, string>()
  for (const tag of tags) {
    const key = tagKey(tag)
    if (key !== '' && !known.has(key)) known.set(key, tag.trim())
  }
  return [...known.values()]
}

/** What a tag is compared by. */
export function tagKey(tag: string): string {
  return tag.trim().toLowerCase()
}
