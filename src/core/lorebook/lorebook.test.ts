import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '#core/cards/card.ts'
import { payload, png, tEXt } from '#core/cards/png-fixture.ts'
import { readCard } from '#core/cards/read-card.ts'
import type { Lorebook, LoreEntry } from './lorebook.ts'
import { describeLorebookWarning } from './lorebook-warning.ts'
import { describeLorebookError, readCardBook, readLorebook, readLorebookTree } from './read-lorebook.ts'
import { type LorebookTarget, writeLorebook } from './write-lorebook.ts'

function readTree(tree: Json): Lorebook {
  const read = readLorebookTree(tree)
  if (!read.ok) throw new Error(describeLorebookError(read.error))
  return read.value.book
}

const encode = (tree: unknown) => new TextEncoder().encode(JSON.stringify(tree))
const sentences = (tree: Json) => {
  const read = readLorebook(encode(tree))
  return read.ok ? read.value.warnings.map(describeLorebookWarning) : [describeLorebookError(read.error)]
}

describe('reads', () => {
  test('a lorebook of NovelAI in a picture, and no other picture', () => {
    const lorebook = { lorebookVersion: 5, entries: [{ displayName: 'Sea', keys: ['sea'], text: 'It is cold.' }] }
    const read = readLorebook(png([tEXt('naidata', payload(lorebook))]))
    expect(read.ok && read.value.book).toMatchObject({ format: 'novelai', entries: [{ title: 'Sea', keys: ['sea'] }] })
    for (const chunks of [[], [tEXt('naidata', encode('%%').subarray(1, 3))]]) {
      expect(readLorebook(png(chunks))).toEqual({ ok: false, error: { type: 'not-a-lorebook' } })
    }
  })

  test('world info of SillyTavern', () => {
    const book = readTree({
      entries: {
        '7': {
          uid: 7,
          key: ['sea', '/wave\\d/'],
          keysecondary: ['cold'],
          comment: 'memo',
          content: 'x',
          selectiveLogic: 3,
          order: 50,
          position: 4,
          depth: 2,
          role: 1,
          disable: true,
          probability: 50,
          useProbability: true,
          sticky: 3,
          cooldown: 2,
          delay: 1,
          group: 'g1, g2',
          matchWholeWords: null,
          delayUntilRecursion: true,
          characterFilter: { isExclude: true, names: ['Ana'], tags: [] },
        },
      },
    })
    expect(book.format).toBe('world-info')
    expect(book.entries[0]).toMatchObject({
      id: '7',
      title: 'memo',
      isEnabled: false,
      keys: ['sea', '/wave\\d/'],
      secondaryKeys: ['cold'],
      isSelective: true,
      logic: 'all',
      order: 50,
      place: { kind: 'depth', depth: 2, role: 'user' },
      probability: 50,
      sticky: 3,
      cooldown: 2,
      delay: 1,
      groups: ['g1', 'g2'],
      recursionLevel: 1,
      characterFilter: { isExclude: true, names: ['Ana'], tags: [] },
    })
    expect(book.entries[0]?.wholeWords).toBeUndefined()
  })

  test('RisuAI, NovelAI and Agnai', () => {
    const risu = readTree({
      type: 'risu',
      ver: 1,
      data: [
        {
          key: 'a, b',
          secondkey: 'c',
          insertorder: 5,
          comment: 'n',
          content: '@@probability 50\nx',
          alwaysActive: true,
        },
        { key: '\uf000folder:1', mode: 'folder', comment: 'Folder' },
        { key: 'a{1,2}', useRegex: true, content: 'y', activationPercent: 25 },
      ],
    })
    expect(risu.entries).toMatchObject([
      { keys: ['a', 'b'], secondaryKeys: ['c'], order: 5, title: 'n', probability: 50, isConstant: true, content: 'x' },
      { isEnabled: false, keys: [] },
      { keys: ['a{1,2}'], usesRegex: true, probability: 25 },
    ])
    const novel = readTree({
      lorebookVersion: 4,
      entries: [
        {
          text: 'x',
          displayName: 'Rome',
          keys: ['Rome'],
          enabled: true,
          searchRange: 1000,
          contextConfig: { budgetPriority: 7 },
        },
      ],
    })
    expect(novel.entries).toMatchObject([
      { content: 'x', title: 'Rome', keys: ['Rome'], order: 7, priority: 7, scanCharacters: 1000 },
    ])
    const agnai = readTree({
      kind: 'memory',
      name: 'M',
      entries: [{ name: 'e', entry: 'x', keywords: ['sea', 'dr*gon?'], weight: 3, priority: 2, enabled: true }],
    })
    expect(agnai).toMatchObject({ name: 'M', entries: [{ title: 'e', order: 3, priority: 2, wholeWords: true }] })
    expect(agnai.entries[0]?.keys[1]).toMatch(/^\/.*dr.*gon.*\/iu$/)
  })

  test('what is found in the wild', () => {
    const book = readTree({
      name: 'bad',
      scan_depth: '3',
      token_budget: '100',
      recursive_scanning: 'true',
      entries: {
        one: { keys: 'a, b,', content: 'c', enabled: 'true', insertion_order: '5', position: 'after_char_defs' },
        two: null,
        three: { keys: [' ', 7], content: 3, enabled: 0, extensions: null, id: 'x' },
      },
    })
    expect(book).toMatchObject({ scanDepth: 3, tokenBudget: 100, recursive: true })
    expect(book.entries).toMatchObject([
      { id: 'one', keys: ['a', 'b'], isEnabled: true, order: 5, place: { kind: 'after-character' } },
      { id: 'three', keys: ['7'], content: '3', isEnabled: false },
    ])
  })

  test('and warns in sentences', () => {
    expect(
      sentences({
        entries: [
          { keys: [], content: 'x', name: 'Silent' },
          { keys: ['/(/'], content: 'x', name: 'Broken' },
          { keys: ['/(a)\\1/'], content: '@@wonder 1\nx', name: 'Back' },
          { keys: ['a'], content: 'x', name: 'Secret', extensions: { her: { knownTo: [] } } },
          7,
        ],
      }),
    ).toEqual([
      '1 of the things in this lorebook are no entries. They are kept, and not used.',
      '"Silent" can never fire: there are no keys, and it is not constant. Give it a key, or switch it off.',
      '"Secret" is private but names no character, so nobody knows it. Name one in the editor.',
      'The key /(/ of "Broken" is never found: it is not a valid pattern. Change it in the editor.',
      'The key /(a)\\1/ of "Back" is never found: it refers back to what a group matched (\\1), which can take for ever. Change it in the editor.',
      'A decorator is not used here: @@wonder 1. They are kept as they are.',
    ])
    expect(sentences({ entries: [] })).toEqual(['This lorebook has no entries.'])
    expect(sentences({ name: 'x' })[0]).toMatch(/^There is no lorebook in this file/)
    expect(sentences([1])[0]).toMatch(/^There is no lorebook in this file/)
    expect(sentences({ entries: Array.from({ length: 5001 }, () => ({ keys: ['a'], content: 'x' })) })).toEqual([
      'This lorebook has 5,001 entries; the first 5,000 are used, and all are kept.',
    ])
    const broken = readLorebook(new TextEncoder().encode('{"entries": ['))
    expect(broken.ok ? '' : describeLorebookError(broken.error)).toMatch(/^The JSON of this lorebook is broken/)
    expect(readLorebook(new Uint8Array()).ok).toBe(false)
  })
})

const targets: LorebookTarget[] = ['v2', 'v3', 'lorebook-v3', 'world-info']

/** Where an entry lies may change, what it is may not. */
function essence({ name, description, scanDepth, tokenBudget, recursive, entries }: Lorebook): unknown {
  const plain = entries.map((entry: LoreEntry) => {
    const { id: _id, title, decorators, ...rest } = entry
    return { ...rest, decorators, ...(title.startsWith('Entry ') ? {} : { title }) }
  })
  return { name, description, scanDepth, tokenBudget, recursive, entries: plain }
}

describe('read, write, read', () => {
  const scalar = fc.constantFrom<Json>(null, true, false, 0, 1, 3, '2', '', 'x', 'true', [], ['a'], { a: 1 })
  const cardEntry = fc.record(
    {
      keys: fc.oneof(fc.array(fc.constantFrom('sea', '/a/i', ' ')), fc.constant('a, b')),
      secondary_keys: fc.array(fc.constantFrom('cold', 'deep')),
      content: fc.constantFrom('x', '@@depth 2\n@@wonder\n@@@role user\n\nSaid.', '', '\n\ny'),
      enabled: fc.constantFrom<Json>(true, false, 'false', 1),
      insertion_order: fc.constantFrom<Json>(1, '7', null, 2.5),
      case_sensitive: fc.constantFrom<Json>(true, false, null),
      name: fc.constantFrom('', 'N'),
      comment: fc.constantFrom('', 'C'),
      priority: fc.constantFrom<Json>(3, null, '4'),
      id: scalar,
      selective: fc.boolean(),
      constant: fc.boolean(),
      use_regex: fc.boolean(),
      position: fc.constantFrom<Json>('before_char', 'after_char', 'after_char_defs', 0, 1),
      unknownFutureField: scalar,
      extensions: fc.record(
        {
          position: fc.constantFrom<Json>(0, 1, 2, 4, 7, '4'),
          depth: scalar,
          role: scalar,
          probability: scalar,
          useProbability: scalar,
          selectiveLogic: scalar,
          group: scalar,
          scan_depth: scalar,
          delay_until_recursion: scalar,
          sticky: scalar,
          match_scenario: scalar,
          unknown_extension: scalar,
          her: fc.record({ knownTo: scalar, other: scalar }, { requiredKeys: [] }),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  )
  const worldEntry = fc.record(
    {
      uid: scalar,
      key: fc.array(fc.constantFrom('sea', '/a/i', ' ')),
      keysecondary: fc.array(fc.constantFrom('cold', 'deep')),
      comment: fc.constantFrom('', 'C'),
      content: fc.constantFrom('x', '@@activate\nSaid.', ''),
      order: scalar,
      position: fc.constantFrom<Json>(0, 1, 2, 3, 4, 5, 6, 7, null),
      disable: fc.constantFrom<Json>(true, false, 'true', null),
      selective: scalar,
      selectiveLogic: scalar,
      probability: scalar,
      depth: scalar,
      role: scalar,
      sticky: scalar,
      caseSensitive: scalar,
      matchWholeWords: scalar,
      excludeRecursion: scalar,
      triggers: scalar,
      characterFilter: scalar,
      addMemo: scalar,
      unknownFutureField: scalar,
      extensions: fc.record({ unknown_extension: scalar }),
    },
    { requiredKeys: ['key'] },
  )
  const bookFields = fc.record(
    {
      name: scalar,
      description: scalar,
      scan_depth: scalar,
      token_budget: scalar,
      recursive_scanning: scalar,
      more: scalar,
    },
    { requiredKeys: [] },
  )
  const tree = fc.oneof(
    fc.tuple(bookFields, fc.array(cardEntry, { minLength: 1, maxLength: 4 })),
    fc.tuple(
      bookFields,
      fc
        .array(worldEntry, { minLength: 1, maxLength: 4 })
        .map((entries) => Object.fromEntries(entries.map((entry, index) => [String(index), entry]))),
    ),
  )

  test('is the same book in each format, by way of any other', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        tree,
        fc.array(fc.constantFrom(...targets), { minLength: 1, maxLength: 4 }),
        ([fields, entries], way) => {
          const book = readTree({ ...(fields as JsonObject), entries: entries as Json })
          const last = way.reduce((current, target) => readTree(writeLorebook(current, target)), book)
          expect(essence(last)).toEqual(essence(book))
          // Keys that mean nothing to us are where their values can be found again.
          for (const text of ['unknownFutureField', 'unknown_extension', 'addMemo', '"more"']) {
            expect(JSON.stringify(last.raw).split(text).length).toBe(JSON.stringify(book.raw).split(text).length)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  test('in its own format it is the tree itself', () => {
    const raw = { entries: { a: { key: ['x'], content: '' } } }
    expect(writeLorebook(readTree(raw), 'world-info')).toBe(raw)
    const standalone = { spec: 'lorebook_v3', more: 1, data: { entries: [] } }
    expect(writeLorebook(readTree(standalone), 'lorebook-v3')).toBe(standalone)
  })

  test('V2 gets no decorators, and gives them back', () => {
    const book = readTree({ entries: [{ keys: ['a'], content: '@@depth 2\n@@wonder\n\nSaid.' }] })
    const v2 = writeLorebook(book, 'v2')
    expect(v2).toMatchObject({
      entries: [{ content: 'Said.', extensions: { her: { decorators: ['@@depth 2', '@@wonder'] } } }],
    })
    expect(readTree(v2).entries[0]).toMatchObject({ place: { kind: 'depth', depth: 2 }, content: 'Said.' })
    expect(writeLorebook(readTree(v2), 'v3')).toMatchObject({
      entries: [{ content: '@@depth 2\n@@wonder\nSaid.', extensions: {}, use_regex: false, constant: false }],
    })
  })

  test('hostile keys stay plain text', () => {
    const raw = JSON.parse(
      '{"entries":[{"keys":["a"],"content":"x","__proto__":{"polluted":1}}],"__proto__":{"polluted":1}}',
    )
    for (const target of targets) {
      const written = writeLorebook(readTree(raw), target)
      expect(JSON.stringify(written).split('__proto__')).toHaveLength(3)
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})

// Lorebooks that other people made belong to others and so are not in this repository.
const corpus = resolve(process.env['CARD_CORPUS'] ?? '../shared/data/cards')
const absent = !existsSync(corpus)
const reason = absent ? ` (skipped: no card corpus at ${corpus}; set CARD_CORPUS)` : ''

describe(`the corpus${reason}`, () => {
  const files = absent
    ? []
    : [
        ...readdirSync(resolve(corpus, 'real/lorebook')).map((name) => `real/lorebook/${name}`),
        ...readdirSync(resolve(corpus, 'synthetic'))
          .filter((name) => /^(book|wi)_/.test(name))
          .map((name) => `synthetic/${name}`),
      ]

  test.skipIf(absent)('every lorebook is read, and is the same after each way of writing it', () => {
    const expected = JSON.parse(readFileSync(resolve(corpus, 'synthetic/EXPECTED.json'), 'utf8'))
    for (const file of files) {
      const read = readLorebook(new Uint8Array(readFileSync(resolve(corpus, file))))
      if (!read.ok) throw new Error(`${file}: ${describeLorebookError(read.error)}`)
      const { book } = read.value
      expect(book.entries.length, file).toBe(expected[file.replace('synthetic/', '')]?.entries ?? book.entries.length)
      expect(book.entries.length, file).toBeGreaterThan(0)
      for (const target of targets) {
        expect(essence(readTree(writeLorebook(book, target))), `${file} ${target}`).toEqual(essence(book))
      }
    }
  })

  test.skipIf(absent)('books inside cards', () => {
    const found = ['jasl__59a5d2bc_full_v3_card.json', 'jasl__035609ce_with_lorebook.json'].map((name) => {
      const card = readCard(new Uint8Array(readFileSync(resolve(corpus, 'real/json', name))))
      if (!card.ok) throw new Error(card.error.type)
      const book = readCardBook(card.value.document)
      expect(readCardBook(card.value.document)).toBe(book)
      return book?.entries.map(({ keys, isSelective, place }) => [keys[0], isSelective, place.kind])
    })
    expect(found).toEqual([
      [['warp drive', false, 'after-character']],
      [
        ['test entry', false, 'before-character'],
        ['another entry', true, 'after-character'],
      ],
    ])
  })
})
