import type { Json, JsonObject } from '#core/cards/card.ts'
import { isObject, own, withKey, withoutKey, withPlace } from '#core/cards/json-tree.ts'
import { objectAt, toCount } from './coerce.ts'
import { type EntryDialect, type EntryEdit, editEntry } from './edit-entry.ts'
import { holdsEntries } from './foreign-books.ts'
import type { Lorebook } from './lorebook.ts'

/** What is to be different about a book itself. Undefined leaves it to the app. */
export interface BookEdit {
  readonly name?: string
  readonly description?: string
  readonly scanDepth?: number | undefined
  readonly tokenBudget?: number | undefined
  readonly recursive?: boolean | undefined
}

const bookNames = {
  name: ['name'],
  description: ['description'],
  // Other programs write them in one word.
  scanDepth: ['scan_depth', 'scanDepth'],
  tokenBudget: ['token_budget', 'tokenBudget'],
  recursive: ['recursive_scanning', 'recursiveScanning'],
} as const

/** A book with nothing in it. */
export function emptyBook(name: string): JsonObject {
  return { name, description: '', extensions: {}, entries: [] }
}

/** The tree of a book with the book itself changed. */
export function editBook({ raw, format }: Lorebook, edit: BookEdit): JsonObject {
  const path = bookPath(raw, format)
  return (Object.keys(edit) as (keyof BookEdit)[]).reduce((tree, field) => {
    const book = bookAt(tree, path)
    const [first, ...others] = bookNames[field]
    const key = [first, ...others].find((name) => Object.hasOwn(book, name)) ?? first
    return place(tree, [...path, key], edit[field])
  }, raw)
}

/** The tree of a book with one of its entries changed; the tree itself when there is none of that id. */
export function editBookEntry({ raw, format }: Lorebook, entryId: string, edit: EntryEdit): JsonObject {
  const entry = entryTree({ raw, format }, entryId)
  if (!entry) return raw
  return place(raw, [...bookPath(raw, format), 'entries', entryId], editEntry(entry, edit, dialectOf(format)))
}

/** An entry as it is written. */
export function entryTree({ raw, format }: Pick<Lorebook, 'raw' | 'format'>, entryId: string): JsonObject | undefined {
  const entries = own(bookAt(raw, bookPath(raw, format)), 'entries')
  const entry = Array.isArray(entries)
    ? entries[Number(entryId)]
    : isObject(entries)
      ? own(entries, entryId)
      : undefined
  return isObject(entry) ? entry : undefined
}

/** The tree of a book with an entry more, a new one or a copy of another, and the id it has. */
export function addEntry(
  { raw, format }: Lorebook,
  copiedId?: string,
): { readonly raw: JsonObject; readonly entryId: string } {
  const path = [...bookPath(raw, format), 'entries']
  const entries = own(bookAt(raw, path.slice(0, -1)), 'entries')
  const entryId = isObject(entries) ? nextKey(entries) : String(Array.isArray(entries) ? entries.length : 0)
  const copied = copiedId === undefined ? undefined : entryTree({ raw, format }, copiedId)
  const entry = copied ? copyOf(copied, entryId) : newEntry(dialectOf(format), entryId)
  const tree = holdsEntries(entries) ? raw : place(raw, path, [])
  return { raw: place(tree, [...path, entryId], entry), entryId }
}

/** The tree of a book without one of its entries. Those after it in a list have other ids then. */
export function removeEntry({ raw, format }: Lorebook, entryId: string): JsonObject {
  return entryTree({ raw, format }, entryId)
    ? place(raw, [...bookPath(raw, format), 'entries', entryId], undefined)
    : raw
}

/** The tree of a book with an entry back where it was. */
export function restoreEntry({ raw, format }: Lorebook, entryId: string, entry: JsonObject): JsonObject {
  const path = [...bookPath(raw, format), 'entries']
  const entries = own(bookAt(raw, path.slice(0, -1)), 'entries')
  if (Array.isArray(entries)) return place(raw, path, entries.toSpliced(Number(entryId), 0, entry))
  const isTaken = isObject(entries) && Object.hasOwn(entries, entryId)
  return place(raw, [...path, isTaken ? nextKey(entries) : entryId], entry)
}

function dialectOf(format: Lorebook['format']): EntryDialect {
  return format === 'world-info' ? 'world-info' : 'card'
}

/** Where in the tree the book lies: a file of its own has it under `data`, and one program puts it a step deeper. */
function bookPath(raw: JsonObject, format: Lorebook['format']): readonly string[] {
  if (format !== 'lorebook-v3') return []
  const data = objectAt(raw, 'data')
  return !holdsEntries(own(data, 'entries')) && isObject(own(data, 'lorebook')) ? ['data', 'lorebook'] : ['data']
}

function bookAt(raw: JsonObject, path: readonly string[]): JsonObject {
  return path.reduce((tree, key) => objectAt(tree, key), raw)
}

function place(raw: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const tree = withPlace(raw, path, value)
  return isObject(tree) ? tree : raw
}

function nextKey(entries: JsonObject): string {
  const numbers = Object.keys(entries).map((key) => toCount(key) ?? -1)
  return String(numbers.reduce((most, number) => Math.max(most, number), -1) + 1)
}

function newEntry(dialect: EntryDialect, entryId: string): JsonObject {
  return dialect === 'world-info'
    ? {
        uid: Number(entryId),
        key: [],
        keysecondary: [],
        comment: '',
        content: '',
        constant: false,
        selective: true,
        order: 100,
        position: 1,
        disable: false,
      }
    : {
        keys: [],
        comment: '',
        content: '',
        extensions: {},
        enabled: true,
        insertion_order: 100,
        use_regex: false,
        constant: false,
      }
}

/** Its number in the book is its own. */
function copyOf(entry: JsonObject, entryId: string): JsonObject {
  return Object.hasOwn(entry, 'uid') ? withKey(entry, 'uid', Number(entryId)) : withoutKey(entry, 'id')
}
