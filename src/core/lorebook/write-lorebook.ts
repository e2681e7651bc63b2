import type { Json, JsonObject } from '#core/cards/card.ts'
import { isObject, own, withKey, withoutKey } from '#core/cards/json-tree.ts'
import { exhaustive } from '#lib/exhaustive.ts'
import { objectAt, toText } from './coerce.ts'
import { readDecorators } from './decorators.ts'
import type { Lorebook } from './lorebook.ts'
import { toCardBook } from './read-lorebook.ts'
import { bookToWorldInfo, mapEntries } from './world-info.ts'

/** What a lorebook can be written as: the book of a V2 or a V3 card, a file of its own, or SillyTavern's world info. */
export type LorebookTarget = 'v2' | 'v3' | 'lorebook-v3' | 'world-info'

/**
 * The tree of a lorebook in another format; in its own it is the tree itself. Keys that a format doesn't know are
 * carried along, so that reading it back gives the same book, and writing that as it was gives the same keys.
 *
 * V2 knows no decorators and would show them to the model: there their lines go to `extensions.her.decorators`.
 */
export function writeLorebook({ raw, format }: Lorebook, target: LorebookTarget): JsonObject {
  switch (target) {
    case 'v2':
      return mapBook(completeBook(toCardBook(raw, format)), withoutDecorators)
    case 'v3':
      return mapBook(completeBook(toCardBook(raw, format)), withRequiredFields)
    case 'lorebook-v3':
      if (format === 'lorebook-v3') return raw
      return { spec: 'lorebook_v3', data: mapBook(completeBook(toCardBook(raw, format)), withRequiredFields) }
    case 'world-info':
      return format === 'world-info' ? raw : bookToWorldInfo(toCardBook(raw, format))
    default:
      return exhaustive(target)
  }
}

function completeBook(book: JsonObject): JsonObject {
  const entries = own(book, 'entries') ?? []
  // Cards keep entries in a list; world info by number, which is their order.
  const list: Json = isObject(entries) ? Object.values(entries) : entries
  return withKey({ extensions: {}, ...book }, 'entries', list)
}

function mapBook(book: JsonObject, change: (entry: JsonObject) => JsonObject): JsonObject {
  const entries = mapEntries(own(book, 'entries') ?? [], (entry) => change(complete(entry)))
  return withKey(book, 'entries', entries)
}

/** An entry with every field that V2 requires. */
function complete(entry: JsonObject): JsonObject {
  return { keys: [], content: '', extensions: {}, enabled: true, insertion_order: 100, ...entry }
}

function withRequiredFields(entry: JsonObject): JsonObject {
  return { use_regex: false, constant: false, ...withDecorators(entry) }
}

function withoutDecorators(entry: JsonObject): JsonObject {
  const written = own(entry, 'content')
  if (typeof written !== 'string') return entry
  const { content, decorators } = readDecorators(written)
  if (decorators.lines.length === 0) return entry
  const extensions = objectAt(entry, 'extensions')
  const her = objectAt(extensions, 'her')
  const kept = own(her, 'decorators')
  const lines = [...(Array.isArray(kept) ? kept : []), ...decorators.lines]
  return withKey(
    withKey(entry, 'content', content),
    'extensions',
    withKey(extensions, 'her', withKey(her, 'decorators', lines)),
  )
}

/** Puts lines that were kept beside an entry back at the start of its content. */
function withDecorators(entry: JsonObject): JsonObject {
  const extensions = objectAt(entry, 'extensions')
  const her = objectAt(extensions, 'her')
  const lines = own(her, 'decorators')
  if (!Array.isArray(lines)) return entry
  const restHer = withoutKey(her, 'decorators')
  const rest = Object.keys(restHer).length > 0 ? withKey(extensions, 'her', restHer) : withoutKey(extensions, 'her')
  const content = `${lines.map(toText).join('\n')}\n${toText(own(entry, 'content'))}`
  return withKey(withKey(entry, 'content', content), 'extensions', rest)
}
