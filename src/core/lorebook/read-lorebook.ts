import type { CardDocument, Json, JsonObject } from '#core/cards/card.ts'
import { cardFields } from '#core/cards/card-fields.ts'
import { decodeText } from '#core/cards/decode-text.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { looksLikePng } from '#core/cards/png-chunks.ts'
import { readJson } from '#core/cards/read-json.ts'
import { scanPng } from '#core/cards/scan-png.ts'
import { trimBytes } from '#core/cards/trim-bytes.ts'
import { decodeBase64 } from '#lib/base64.ts'
import { exhaustive } from '#lib/exhaustive.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import { objectAt, toCount, toFlag, toText } from './coerce.ts'
import { foreignBooks, holdsEntries } from './foreign-books.ts'
import { keyOf } from './keys.ts'
import type { Lorebook, LorebookFormat, LoreEntry } from './lorebook.ts'
import type { LorebookWarning } from './lorebook-warning.ts'
import { viewEntry } from './view-entry.ts'
import { worldInfoToBook } from './world-info.ts'

/** Why there is no lorebook in a file. */
export type LorebookError =
  | { readonly type: 'empty-file' }
  | { readonly type: 'too-large'; readonly bytes: number; readonly limit: number }
  | { readonly type: 'malformed-json'; readonly problem: string }
  | { readonly type: 'not-a-lorebook' }

export interface ReadLorebook {
  readonly book: Lorebook
  readonly warnings: readonly LorebookWarning[]
}

export const lorebookLimits = { bytes: 10 * 1_048_576, entries: 5000 } as const

/** Reads a lorebook from the bytes of its file, whichever program wrote it. Never throws. */
export function readLorebook(bytes: Uint8Array): Result<ReadLorebook, LorebookError> {
  if (bytes.length === 0) return err({ type: 'empty-file' })
  if (bytes.length > lorebookLimits.bytes) {
    return err({ type: 'too-large', bytes: bytes.length, limit: lorebookLimits.bytes })
  }
  const json = looksLikePng(bytes) ? novelAiLorebook(bytes) : bytes
  if (!json) return err({ type: 'not-a-lorebook' })
  const { text, lossy } = decodeText(json, false)
  const tree = readJson(text)
  if (!tree.ok) return err({ type: 'malformed-json', problem: problemOf(tree.error) })
  const read = readLorebookTree(tree.value.value)
  if (!read.ok) return read
  const warnings: LorebookWarning[] = [
    ...(lossy ? [{ type: 'invalid-utf8' } as const] : []),
    ...(tree.value.repairs.length > 0 ? [{ type: 'repaired-json' } as const] : []),
    ...read.value.warnings,
  ]
  return ok({ book: read.value.book, warnings })
}

/** What NovelAI keeps in a picture, in base64. */
function novelAiLorebook(png: Uint8Array): Uint8Array | undefined {
  const { novelAi } = scanPng(png)
  const decoded = novelAi && decodeBase64(trimBytes(novelAi))
  return decoded?.ok ? decoded.value : undefined
}

/** Reads a lorebook from parsed JSON. A whole card gives the book inside it. */
export function readLorebookTree(tree: Json): Result<ReadLorebook, LorebookError> {
  if (!isObject(tree)) return err({ type: 'not-a-lorebook' })
  const inCard = own(objectAt(tree, 'data'), 'character_book') ?? own(tree, 'character_book')
  const raw = isObject(inCard) ? inCard : tree
  const format = formatOf(raw)
  if (!format) return err({ type: 'not-a-lorebook' })
  const book = viewLorebook(raw, format)
  return ok({ book, warnings: warningsOf(book) })
}

const cardBooks = new WeakMap<CardDocument, Lorebook>()

/** The book inside a card, where it has one. The same card gives the same book. */
export function readCardBook(document: CardDocument): Lorebook | undefined {
  const known = cardBooks.get(document)
  if (known) return known
  const raw = own(cardFields(document), 'character_book')
  if (!isObject(raw) || !holdsEntries(own(raw, 'entries'))) return undefined
  const book = viewLorebook(raw, looksLikeWorldInfo(raw) ? 'world-info' : 'card-book')
  cardBooks.set(document, book)
  return book
}

const keptBooks = new WeakMap<JsonObject, Lorebook>()

/** The book a tree of the library is. The same tree gives the same book. */
export function viewKeptBook(raw: JsonObject): Lorebook {
  const known = keptBooks.get(raw)
  if (known) return known
  const book = viewLorebook(raw, formatOf(raw) ?? 'card-book')
  keptBooks.set(raw, book)
  return book
}

/** What is wrong, and what to do. */
export function describeLorebookError(error: LorebookError): string {
  switch (error.type) {
    case 'empty-file':
      return t('This file is empty. Download or export the lorebook again.')
    case 'too-large':
      return t('This file is larger than the {limit} MB that a lorebook may have. Split it into several.', {
        limit: Math.round(error.limit / 1_048_576),
      })
    case 'malformed-json':
      return t('The JSON of this lorebook is broken: {problem}. Mend it in a text editor, or export it again.', {
        problem: error.problem,
      })
    case 'not-a-lorebook':
      return t(
        'There is no lorebook in this file. Choose one saved as JSON by SillyTavern, RisuAI, NovelAI, Agnai, or as a Lorebook V3.',
      )
    default:
      return exhaustive(error)
  }
}

function formatOf(raw: JsonObject): LorebookFormat | undefined {
  if (own(raw, 'spec') === 'lorebook_v3') return 'lorebook-v3'
  if (own(raw, 'type') === 'risu' && holdsEntries(own(raw, 'data'))) return 'risu'
  if (!holdsEntries(own(raw, 'entries'))) return undefined
  if (own(raw, 'lorebookVersion') !== undefined) return 'novelai'
  if (own(raw, 'kind') === 'memory') return 'agnai'
  return looksLikeWorldInfo(raw) ? 'world-info' : 'card-book'
}

/** World info keeps entries by number, and calls their keys `key`. */
function looksLikeWorldInfo(raw: JsonObject): boolean {
  const entries = own(raw, 'entries')
  const first = (Array.isArray(entries) ? entries : Object.values(isObject(entries) ? entries : {})).find(isObject)
  if (first) return Object.hasOwn(first, 'key') && !Object.hasOwn(first, 'keys')
  return isObject(entries)
}

/** The book of a card that this tree is, or can be made into; its entries keep their places. */
export function toCardBook(raw: JsonObject, format: LorebookFormat): JsonObject {
  switch (format) {
    case 'card-book':
      return raw
    case 'lorebook-v3': {
      const data = objectAt(raw, 'data')
      const nested = own(data, 'lorebook')
      return !holdsEntries(own(data, 'entries')) && isObject(nested) ? nested : data
    }
    case 'world-info':
      return worldInfoToBook(raw)
    default:
      return foreignBooks[format](raw)
  }
}

function viewLorebook(raw: JsonObject, format: LorebookFormat): Lorebook {
  const book = toCardBook(raw, format)
  const scanDepth = toCount(own(book, 'scan_depth') ?? own(book, 'scanDepth'))
  const tokenBudget = toCount(own(book, 'token_budget') ?? own(book, 'tokenBudget'))
  const recursive = toFlag(own(book, 'recursive_scanning') ?? own(book, 'recursiveScanning'))
  return {
    format,
    raw,
    name: toText(own(book, 'name')),
    description: toText(own(book, 'description')),
    ...(scanDepth === undefined ? {} : { scanDepth: Math.min(scanDepth, 1000) }),
    ...(tokenBudget === undefined ? {} : { tokenBudget }),
    ...(recursive === undefined ? {} : { recursive }),
    entries: placedEntries(own(book, 'entries'))
      .filter((place): place is [string, JsonObject] => isObject(place[1]))
      .slice(0, lorebookLimits.entries)
      .map(([id, entry]) => viewOnce(entry, id)),
  }
}

const entryViews = new WeakMap<JsonObject, LoreEntry>()

/** An entry that an edit of its book left alone is the same entry: of thousands only one is made anew. */
function viewOnce(entry: JsonObject, id: string): LoreEntry {
  const known = entryViews.get(entry)
  if (known?.id === id) return known
  const view = viewEntry(entry, id)
  entryViews.set(entry, view)
  return view
}

function placedEntries(entries: Json | undefined): [string, Json][] {
  return Array.isArray(entries) || isObject(entries) ? Object.entries(entries) : []
}

/** Warnings name this many entries, lines or keys. */
const namedAtMost = 5

function warningsOf(book: Lorebook): LorebookWarning[] {
  const placed = placedEntries(own(toCardBook(book.raw, book.format), 'entries'))
  const entries = placed.filter(([, entry]) => isObject(entry)).length
  const naming = (type: 'never-fires' | 'known-to-nobody', found: readonly LoreEntry[]): LorebookWarning[] =>
    found.length === 0
      ? []
      : [{ type, entries: found.slice(0, namedAtMost).map(({ title }) => title), count: found.length }]
  const ignored = book.entries.flatMap(({ decorators }) => decorators.ignored)
  return [
    ...(placed.length === 0 ? [{ type: 'no-entries' } as const] : []),
    ...(placed.length > entries ? [{ type: 'not-entries', count: placed.length - entries } as const] : []),
    ...(entries > lorebookLimits.entries
      ? [{ type: 'too-many-entries', found: entries, limit: lorebookLimits.entries } as const]
      : []),
    ...naming('never-fires', book.entries.filter(neverFires)),
    ...naming(
      'known-to-nobody',
      book.entries.filter(({ knownTo }) => knownTo?.length === 0),
    ),
    ...book.entries.flatMap(brokenKeys).slice(0, namedAtMost),
    ...(ignored.length > 0
      ? [{ type: 'ignored-decorators', lines: ignored.slice(0, namedAtMost), count: ignored.length } as const]
      : []),
  ]
}

function neverFires(entry: LoreEntry): boolean {
  const isConstant = entry.isConstant && !entry.usesRegex
  return entry.isEnabled && entry.keys.length === 0 && !isConstant && entry.decorators.force !== 'activate'
}

function brokenKeys(entry: LoreEntry): LorebookWarning[] {
  return [...entry.keys, ...entry.secondaryKeys].flatMap((written) => {
    const key = keyOf(written, entry, { caseSensitive: false, wholeWords: false })
    return key.kind === 'broken'
      ? [{ type: 'broken-key', entry: entry.title, key: written.slice(0, 80), problem: key.problem } as const]
      : []
  })
}

function problemOf(problem: { readonly type: string; readonly problem?: string; readonly line?: number }): string {
  const known = { 'json-too-deep': t('it nests too deep'), 'json-too-many-values': t('it holds too many values') }
  const what = known[problem.type as keyof typeof known] ?? problem.problem ?? t('it can not be read')
  return problem.line === undefined ? what : t('{problem} (line {line})', { problem: what, line: problem.line })
}
