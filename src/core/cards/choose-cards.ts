import type { CharacterId } from '#core/ids.ts'
import { fold } from '#core/search/fold.ts'
import { findTerm, readTerms } from '#core/search/terms.ts'
import { type CatalogueEntry, tagKey } from './catalogue.ts'

/** The orders a library can stand in. */
export const cardOrders = ['used', 'name', 'newest', 'size'] as const
export type CardOrder = (typeof cardOrders)[number]

/** Which characters of a library are wanted. What is left out asks for nothing. */
export interface CardFilter {
  readonly favourites: boolean
  /** Undefined for every folder; empty for those in none. */
  readonly folder: string | undefined
  /** As `tagKey` gives them; all of them have to be there. */
  readonly tags: readonly string[]
  /** Who was found by what was typed; undefined while nothing is looked for. */
  readonly found: ReadonlySet<CharacterId> | undefined
}

/** The characters that pass, in no new order. */
export function filterCards(entries: readonly CatalogueEntry[], filter: CardFilter): CatalogueEntry[] {
  const { favourites, folder, tags, found } = filter
  return entries.filter(
    (entry) =>
      (!favourites || entry.isFavourite === true) &&
      (folder === undefined || (entry.folder ?? '') === folder) &&
      (found === undefined || found.has(entry.id)) &&
      (tags.length === 0 || hasTags(entry, tags)),
  )
}

function hasTags(entry: CatalogueEntry, wanted: readonly string[]): boolean {
  const keys = new Set(entry.tags.map(tagKey))
  return wanted.every((tag) => keys.has(tag))
}

const names = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })

/**
 * The characters in an order.
 * @param usedAt when the latest chat with each was written in; who has none counts from when it came.
 */
export function sortCards(
  entries: readonly CatalogueEntry[],
  order: CardOrder,
  usedAt: ReadonlyMap<CharacterId, number>,
): CatalogueEntry[] {
  // Nobody put those in that come with the app.
  const cameAt = (entry: CatalogueEntry) => (entry.origin === 'bundled' ? 0 : entry.createdAt)
  const rank = (entry: CatalogueEntry) => {
    switch (order) {
      case 'used':
        return usedAt.get(entry.id) ?? cameAt(entry)
      case 'newest':
        return cameAt(entry)
      case 'size':
        return entry.size
      case 'name':
        return 0
    }
  }
  const ranked = entries.map((entry) => ({ entry, rank: rank(entry) }))
  return ranked
    .sort((one, other) => other.rank - one.rank || names.compare(one.entry.name, other.entry.name))
    .map(({ entry }) => entry)
}

/** A tag or a folder, and how many characters have it. */
export interface Counted {
  /** What it is compared by. */
  readonly key: string
  readonly name: string
  readonly count: number
}

/** Every tag there is, the most used first. */
export function countTags(entries: readonly CatalogueEntry[]): Counted[] {
  return count(entries.flatMap(({ tags }) => tags)).sort(
    (one, other) => other.count - one.count || names.compare(one.name, other.name),
  )
}

/** Every folder there is, by name. */
export function countFolders(entries: readonly CatalogueEntry[]): Counted[] {
  const folders = new Map<string, number>()
  for (const { folder } of entries) if (folder !== undefined) folders.set(folder, (folders.get(folder) ?? 0) + 1)
  return [...folders]
    .map(([name, size]) => ({ key: name, name, count: size }))
    .sort((one, other) => names.compare(one.name, other.name))
}

function count(tags: readonly string[]): Counted[] {
  const counted = new Map<string, { key: string; name: string; count: number }>()
  for (const tag of tags) {
    const key = tagKey(tag)
    const known = counted.get(key)
    if (known) known.count += 1
    else counted.set(key, { key, name: tag, count: 1 })
  }
  return [...counted.values()]
}

/** The characters whose names have what was typed: at hand before the cards themselves were looked through. */
export function namedLike(entries: readonly CatalogueEntry[], typed: string): Set<CharacterId> {
  const terms = readTerms(typed)
  const isNamed = ({ name }: CatalogueEntry) => {
    const text = fold(name)
    return terms.every((term) => findTerm(text, term) >= 0)
  }
  return new Set(entries.filter(isNamed).map(({ id }) => id))
}
