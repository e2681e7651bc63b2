import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '#core/cards/card.ts'
import { own } from '#core/cards/json-tree.ts'
import { type EntryEdit, isWritablePlace } from './edit-entry.ts'
import { addEntry, editBook, editBookEntry, emptyBook, entryTree, removeEntry, restoreEntry } from './edit-lorebook.ts'
import type { Lorebook, LoreEntry } from './lorebook.ts'
import { viewKeptBook } from './read-lorebook.ts'

const word = fc.stringMatching(/^[a-z]{1,6}$/)
const count = fc.nat({ max: 900 })

const anyEdit: fc.Arbitrary<EntryEdit> = fc.record(
  {
    title: word,
    isEnabled: fc.boolean(),
    keys: fc.array(word),
    secondaryKeys: fc.array(word),
    content: fc.string(),
    usesRegex: fc.boolean(),
    isConstant: fc.boolean(),
    order: fc.integer({ min: -1000, max: 1000 }),
    probability: fc.nat({ max: 100 }),
    sticky: count,
    cooldown: count,
    delay: count,
    excludesRecursion: fc.boolean(),
    preventsRecursion: fc.boolean(),
    recursionLevel: count,
    groups: fc.array(word),
    winsGroup: fc.boolean(),
    groupWeight: count,
    ignoresBudget: fc.boolean(),
    isCaseSensitive: fc.option(fc.boolean(), { nil: undefined }),
    wholeWords: fc.option(fc.boolean(), { nil: undefined }),
    scanDepth: fc.option(count, { nil: undefined }),
    knownTo: fc.option(fc.array(word), { nil: undefined }),
    logic: fc.option(fc.constantFrom('any', 'not-all', 'none', 'all'), { nil: undefined }),
    place: fc.oneof(
      fc.record({
        kind: fc.constantFrom(
          'before-character',
          'after-character',
          'note-top',
          'note-bottom',
          'examples-top',
          'examples-bottom',
        ),
      }),
      fc.record({
        kind: fc.constant('depth' as const),
        depth: count,
        role: fc.constantFrom('system', 'user', 'assistant'),
      }),
      fc.record({ kind: fc.constant('outlet' as const), name: word }),
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<EntryEdit>

/** Entries as programs write them, with keys that mean nothing to anybody. */
const anyBook: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.constantFrom('list', 'object', 'v3', 'world-info'),
    fc.array(
      fc.record(
        {
          name: word,
          comment: word,
          mystery: fc.jsonValue() as fc.Arbitrary<Json>,
          useProbability: fc.boolean(),
          match_whole_words: fc.boolean(),
          extensions: fc.record(
            {
              position: fc.nat({ max: 7 }),
              probability: fc.nat({ max: 100 }),
              case_sensitive: fc.boolean(),
              other: fc.jsonValue() as fc.Arbitrary<Json>,
            },
            { requiredKeys: [] },
          ),
        },
        { requiredKeys: [] },
      ) as fc.Arbitrary<JsonObject>,
      { minLength: 2, maxLength: 4 },
    ),
  )
  .map(([kind, parts]): JsonObject => {
    const entries = parts.map(
      (part, index): JsonObject =>
        kind === 'world-info'
          ? { uid: index, key: ['a', 'b'], content: 'One.', disable: false, position: 0, ...part }
          : { keys: ['a', 'b'], content: 'One.', enabled: true, insertion_order: 5, position: '', ...part },
    )
    const numbered = Object.fromEntries(entries.map((entry, index) => [String(index * 2), entry]))
    if (kind === 'world-info') return { entries: numbered, originalData: { kept: 1 } }
    const book = { name: 'Book', entries: kind === 'object' ? numbered : entries, extensions: { kept: 1 } }
    return kind === 'v3' ? { spec: 'lorebook_v3', data: book } : book
  })

describe('an edit of an entry', () => {
  test('is what is read back, and nothing else is different', () => {
    fc.assert(
      fc.property(anyBook, anyEdit, fc.nat(), (raw, edit, at) => {
        const book = viewKeptBook(raw)
        const before = book.entries[at % book.entries.length] as LoreEntry
        const tree = editBookEntry(book, before.id, edit)
        const after = viewKeptBook(tree)
        expect(after.format).toBe(book.format)
        const edited = after.entries.find(({ id }) => id === before.id) as LoreEntry
        for (const [field, value] of Object.entries(edit)) expect(viewOf(field, edited, after)).toEqual(value)
        for (const field of fieldsBeside(edit)) expect([field, edited[field]]).toEqual([field, before[field]])
        expect(after.entries.filter(({ id }) => id !== before.id)).toEqual(
          book.entries.filter(({ id }) => id !== before.id),
        )
        const [was, is] = [entryTree(book, before.id), entryTree(after, before.id)]
        expect(own(is ?? {}, 'mystery')).toEqual(own(was ?? {}, 'mystery'))
      }),
    )
  })

  test('that changes nothing leaves the very tree', () => {
    fc.assert(
      fc.property(anyBook, (raw) => {
        const book = viewKeptBook(raw)
        expect(editBookEntry(book, book.entries[0]?.id ?? '', {})).toEqual(raw)
        expect(editBookEntry(book, 'nowhere', { title: 'x' })).toBe(raw)
      }),
    )
  })
})

/** What the form shows of a field. */
function viewOf(field: string, entry: LoreEntry, book: Lorebook): unknown {
  if (field === 'content') return own(entryTree(book, entry.id) ?? {}, 'content')
  if (field === 'logic') return entry.isSelective ? entry.logic : undefined
  return entry[field as keyof LoreEntry]
}

const independent = [
  'isEnabled',
  'keys',
  'secondaryKeys',
  'usesRegex',
  'isConstant',
  'order',
  'place',
  'probability',
  'isCaseSensitive',
  'wholeWords',
  'knownTo',
  'groups',
  'sticky',
  'recursionLevel',
] as const

function fieldsBeside(edit: EntryEdit) {
  return independent.filter((field) => !Object.hasOwn(edit, field))
}

test('entries are added, copied, taken out and put back where they were', () => {
  fc.assert(
    fc.property(anyBook, fc.nat(), (raw, at) => {
      const book = viewKeptBook(raw)
      const chosen = book.entries[at % book.entries.length] as LoreEntry
      const added = addEntry(book)
      const withOneMore = viewKeptBook(added.raw)
      expect(withOneMore.entries.at(-1)).toMatchObject({ id: added.entryId, keys: [], content: '', isEnabled: true })
      const copied = addEntry(book, chosen.id)
      const copy = viewKeptBook(copied.raw).entries.find(({ id }) => id === copied.entryId)
      expect(copy).toMatchObject({ keys: chosen.keys, content: chosen.content })
      const entry = entryTree(book, chosen.id) as JsonObject
      const without = viewKeptBook(removeEntry(book, chosen.id))
      expect(without.entries).toHaveLength(book.entries.length - 1)
      expect(restoreEntry(without, chosen.id, entry)).toEqual(raw)
    }),
  )
})

test('a book is begun from nothing, named, and told what applies to all its entries', () => {
  const book = viewKeptBook(emptyBook('New'))
  const { raw } = addEntry(book)
  const edited = viewKeptBook(
    editBook(viewKeptBook(raw), { name: 'Harbour', scanDepth: 6, tokenBudget: 300, recursive: true }),
  )
  expect(edited).toMatchObject({
    name: 'Harbour',
    scanDepth: 6,
    tokenBudget: 300,
    recursive: true,
    format: 'card-book',
  })
  expect(viewKeptBook(editBook(edited, { scanDepth: undefined })).scanDepth).toBeUndefined()
  // Another program's own word for it is the one that is changed.
  const worldInfo = viewKeptBook({ entries: { 0: { key: ['a'] } }, scanDepth: 3 })
  expect(editBook(worldInfo, { scanDepth: 8 })).toEqual({ entries: { 0: { key: ['a'] } }, scanDepth: 8 })
})

test('only decorators know some places', () => {
  expect(isWritablePlace({ kind: 'depth', depth: 1, role: 'user' })).toBe(true)
  expect(isWritablePlace({ kind: 'personality' })).toBe(false)
})
