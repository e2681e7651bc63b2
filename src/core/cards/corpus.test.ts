import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CardError } from './card-error.ts'
import { cardFields } from './card-fields.ts'
import { own } from './json-tree.ts'
import { describeCardError, describeCardWarning, readCard } from './read-card.ts'
import { viewCard } from './view-card.ts'
import { writeCard } from './write-card.ts'

// Cards that other people made, and cards made for odd cases. They belong to others and so are not in this repository.
const corpus = resolve(process.env['CARD_CORPUS'] ?? '../shared/data/cards')
const absent = !existsSync(corpus)
const reason = absent ? ` (skipped: no card corpus at ${corpus}; set CARD_CORPUS)` : ''

function list(folder: string): string[] {
  return absent ? [] : readdirSync(resolve(corpus, folder)).map((name) => `${folder}/${name}`)
}

/** Files that hold something else than a card, and what they are refused as. */
const refused = new Map<string, CardError['type'] | string>([
  ['synthetic/png_ztxt_bomb.png', 'chunk-too-large'],
  ['synthetic/png_chunk_len_overflow.png', 'cut-off'],
  ['synthetic/json_array_of_cards.json', 'several-cards'],
  ...list('real/chat').map((name) => [name, 'chat'] as const),
  ...list('real/lorebook').map((name) => [name, 'lorebook'] as const),
])

/** What the corpus says of each of its made files. */
interface Expected {
  readonly name?: string
  readonly warn?: string
  readonly tags?: readonly string[]
}

function expectations(): Record<string, Expected> {
  return absent ? {} : JSON.parse(readFileSync(resolve(corpus, 'synthetic/EXPECTED.json'), 'utf8'))
}

/** The words of the corpus for what we call otherwise. */
const warningTypes: Record<string, string> = {
  crc: 'bad-checksum',
  newer: 'newer-version',
  'unknown spec': 'unknown-spec',
  'signature itself is damaged: 89 50 4E 47 0A 1A 0A': 'damaged-picture',
}

function read(name: string) {
  return readCard(new Uint8Array(readFileSync(resolve(corpus, name))), name)
}

function readWhole(name: string) {
  const result = read(name)
  if (!result.ok) throw new Error(describeCardError(result.error))
  return result.value
}

describe.skipIf(absent)(`the corpus${reason}`, () => {
  const real = ['real/json', 'real/png'].flatMap(list).filter((name) => !refused.has(name))
  const made = Object.entries(expectations()).filter(([file]) => /^(?:png|apng|json)_/.test(file))
  const cards = [...real, ...made.map(([file]) => `synthetic/${file}`).filter((name) => !refused.has(name))]

  test('is all there', () => {
    expect(real.length).toBeGreaterThanOrEqual(28)
    expect(made.length).toBeGreaterThanOrEqual(32)
  })

  test.each(real)('%s', (name) => {
    const { document, picture, warnings } = readWhole(name)
    const view = viewCard(document)
    expect(view.name).not.toBe('Unnamed')
    expect(view.description || view.systemPrompt).not.toBe('')
    expect(picture !== undefined).toBe(name.endsWith('.png'))
    for (const warning of warnings) expect(describeCardWarning(warning)).toMatch(/\.$/)
  })

  test('the real cards give these warnings and no others', () => {
    const warned = real.flatMap((name) => readWhole(name).warnings.map(({ type }) => `${name.split('/')[2]}: ${type}`))
    expect(warned).toEqual(['jasl__3498a569_invalid_missing_name.json: missing-name'])
  })

  test.each(made.filter(([file]) => !refused.has(`synthetic/${file}`)))('synthetic/%s', (file, expected) => {
    const { document, warnings } = readWhole(`synthetic/${file}`)
    const view = viewCard(document)
    expect(view.name).toBe(expected.name)
    if (expected.tags) expect(view.tags).toEqual(expected.tags)
    const wanted = expected.warn && warningTypes[expected.warn]
    if (expected.warn) expect(warnings.map(({ type }) => type)).toContain(wanted)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test.each([...refused])('%s is refused as %s', (name, as) => {
    const result = read(name)
    const error = result.ok ? undefined : result.error
    expect(error?.type === 'unsupported-format' ? error.format : error?.type).toBe(as)
    expect(error && describeCardError(error)).toMatch(/^[A-Z].*\.$/)
  })

  test.each(list('synthetic').filter((name) => /\/(?:chat|book|wi)_|\.(?:yaml|charx|jpg)$/.test(name)))(
    '%s is told apart, and refused for now',
    (name) => {
      const result = read(name)
      expect(result.ok ? 'read' : result.error.type).toBe('unsupported-format')
    },
  )

  test.each(cards)('%s comes out of JSON and PNG as it went in', (name) => {
    const { document, picture } = readWhole(name)
    const asJson = readCard(writeCard({ document }, 'json-v3'), name)
    const asPng = readCard(writeCard({ document, ...(picture ? { picture } : {}) }, 'png'), name)
    for (const again of [asJson, asPng]) {
      if (!again.ok) throw new Error(describeCardError(again.error))
      expect(viewCard(again.value.document)).toEqual(viewCard(document))
      const fields = cardFields(document)
      // Entries of a lorebook gain what V3 requires, and a field of V1 at the root may be called like the label.
      const kept = Object.keys(fields).filter(
        (key) => !['character_book', 'spec', 'spec_version', 'data'].includes(key),
      )
      for (const key of kept) {
        expect([key, own(cardFields(again.value.document), key)]).toEqual([key, own(fields, key)])
      }
    }
  })
})
