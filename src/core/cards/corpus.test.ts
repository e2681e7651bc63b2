import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CardError } from './card-error.ts'
import { cardFields } from './card-fields.ts'
import type { CardWarning } from './card-warning.ts'
import { findAssets } from './find-asset.ts'
import { own } from './json-tree.ts'
import { describeCardError, describeCardWarning, type ReadCard, readCard, readCards } from './read-card.ts'
import { viewCard } from './view-card.ts'
import { writeCard } from './write-card.ts'

// Cards that other people made, and cards made for odd cases. They belong to others and so are not in this repository.
const corpus = resolve(process.env['CARD_CORPUS'] ?? '../shared/data/cards')
const absent = !existsSync(corpus)
const reason = absent ? ` (skipped: no card corpus at ${corpus}; set CARD_CORPUS)` : ''

function list(folder: string): string[] {
  return absent ? [] : readdirSync(resolve(corpus, folder)).map((name) => `${folder}/${name}`)
}

const files = ['real/json', 'real/png', 'real/charx', 'real/chat', 'real/lorebook', 'synthetic']
  .flatMap(list)
  .filter((name) => !name.endsWith('EXPECTED.json'))

/** What some files are refused as; chats and lorebooks are other helpers' business. */
const refused = new Map<string, CardError['type'] | string>([
  ['synthetic/png_ztxt_bomb.png', 'chunk-too-large'],
  ['synthetic/png_chunk_len_overflow.png', 'cut-off'],
  ['synthetic/json_array_of_cards.json', 'several-cards'],
  ...files.filter((name) => /\/(?:chat|chat_[^/]*)\/|\/chat_/.test(name)).map((name) => [name, 'chat'] as const),
  ...files.filter((name) => /\/lorebook\/|\/(?:book|wi)_/.test(name)).map((name) => [name, 'lorebook'] as const),
])

const cards = files.filter((name) => !refused.has(name))

/** What real and made files give beside their card; all others give nothing. */
const warned: Record<string, readonly CardWarning['type'][]> = {
  'real/json/jasl__3498a569_invalid_missing_name.json': ['missing-name'],
  'real/png/ahoylabs__v1.png': ['converted', 'left-out-chats'],
  'real/png/ahoylabs__v2.png': ['converted', 'left-out-chats'],
  'real/charx/ahoylabs__1.byaf': ['converted', 'left-out-chats'],
  'real/charx/ahoylabs__3.byaf': ['converted', 'left-out-chats'],
  'synthetic/evil_names.charx': ['missing-assets', 'unsafe-names'],
  'synthetic/risu_style.charx': ['renamed-assets'],
  'synthetic/risu_style.jpg': ['renamed-assets'],
  'synthetic/yaml_ooba.yaml': ['converted'],
  'synthetic/json_array_of_cards.json': [],
  'synthetic/json_data_missing_flat.json': ['missing-data'],
  'synthetic/json_double_encoded.json': ['wrapped-json'],
  'synthetic/json_future_spec.json': ['unknown-spec'],
  'synthetic/json_nospec_data.json': ['missing-spec'],
  'synthetic/json_proto.json': ['suspicious-keys'],
  'synthetic/json_trailing_comma.json': ['repaired-json'],
  'synthetic/json_utf16le.json': ['wrapped-json'],
  'synthetic/json_v3_1.json': ['newer-version'],
  'synthetic/png_bad_idat_crc.png': ['damaged-picture'],
  'synthetic/png_bad_text_crc.png': ['bad-checksum'],
  'synthetic/png_bomb_ihdr_60000x60000.png': ['oversized-picture'],
  'synthetic/png_both_rev.png': ['other-card'],
  'synthetic/png_crlf_mangled.png': ['damaged-picture'],
  'synthetic/png_no_iend.png': ['damaged-picture'],
}

/** The only cards with no picture among those whose file could hold one. */
const pictureless = new Set([
  'synthetic/evil_names.charx',
  'synthetic/png_bomb_ihdr_60000x60000.png',
  'synthetic/png_crlf_mangled.png',
])

/** What the corpus says of each of its made files. */
interface Expected {
  readonly name?: string
  readonly names?: readonly string[]
  readonly warn?: string
  readonly reject?: string
  readonly assets?: number
  readonly tags?: readonly string[]
}

function expectations(): Record<string, Expected> {
  return absent ? {} : JSON.parse(readFileSync(resolve(corpus, 'synthetic/EXPECTED.json'), 'utf8'))
}

function bytesOf(name: string): Uint8Array {
  return new Uint8Array(readFileSync(resolve(corpus, name)))
}

function whole(bytes: Uint8Array, name: string): ReadCard {
  const result = readCard(bytes, name)
  if (!result.ok) throw new Error(describeCardError(result.error))
  return result.value
}

/** Comparing them as objects takes seconds. */
function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0
}

describe.skipIf(absent)(`the corpus${reason}`, () => {
  test('is all there', () => {
    expect(files.length).toBeGreaterThanOrEqual(95)
    expect(cards.length).toBeGreaterThanOrEqual(73)
  })

  test.each(cards)('%s', (name) => {
    const { document, picture, warnings } = whole(bytesOf(name), name)
    const view = viewCard(document)
    expect(view.name).not.toBe('Unnamed')
    if (name.startsWith('real/')) expect(view.description || view.systemPrompt).not.toBe('')
    const mayHavePicture = /\.(?:png|webp|jpg|charx|byaf)$/.test(name)
    expect(picture !== undefined).toBe(mayHavePicture && !pictureless.has(name))
    for (const warning of warnings) expect(describeCardWarning(warning)).toMatch(/^[A-Z].*\.$/)
    expect(warnings.map(({ type }) => type)).toEqual(warned[name] ?? [])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test.each(Object.entries(expectations()))('synthetic/%s is as EXPECTED.json says', (file, expected) => {
    const name = `synthetic/${file}`
    if (/^(?:chat|book|wi)_/.test(file)) return expect(refused.has(name)).toBe(true)
    const items = [...readCards(bytesOf(name), name)]
    if (expected.reject) return expect(items.map(({ result }) => result.ok)).toEqual([false])
    const read = items.flatMap(({ result }) => (result.ok ? [result.value] : []))
    expect(read.map(({ document }) => viewCard(document).name)).toEqual(expected.names ?? [expected.name])
    const [first] = read
    if (expected.warn) expect(first?.warnings.length).toBeGreaterThan(0)
    if (expected.tags && first) expect(viewCard(first.document).tags).toEqual(expected.tags)
    if (expected.assets && first) {
      const found = findAssets(first.document, first.files).filter((asset) => asset.file)
      expect(found).toHaveLength(expected.assets)
    }
    return undefined
  })

  test.each([...refused])('%s is refused as %s', { timeout: 30_000 }, (name, as) => {
    const result = readCard(bytesOf(name), name)
    const error = result.ok ? undefined : result.error
    expect(error?.type === 'unsupported-format' ? error.format : error?.type).toBe(as)
    expect(error && describeCardError(error)).toMatch(/^[A-Z].*\.$/)
  })

  test.each(cards)('%s comes out of JSON, PNG and CHARX as it went in', { timeout: 30_000 }, (name) => {
    const first = whole(bytesOf(name), name)
    const { document, picture, files: own_ } = first
    const png = picture?.type === 'image/png' ? { picture } : {}
    const written = {
      'json-v3': writeCard({ document }, 'json-v3'),
      png: writeCard({ document, ...png }, 'png'),
      charx: writeCard(first, 'charx'),
    }
    for (const [format, bytes] of Object.entries(written)) {
      const again = whole(bytes, name)
      expect(viewCard(again.document)).toEqual(viewCard(document))
      const fields = cardFields(document)
      // Entries of a lorebook gain what V3 requires, a field of V1 at the root may be called like the label, and in an
      // archive assets point to where their files are.
      const changed = ['character_book', 'spec', 'spec_version', 'data', ...(format === 'charx' ? ['assets'] : [])]
      for (const key of Object.keys(fields).filter((one) => !changed.includes(one))) {
        expect([format, key, own(cardFields(again.document), key)]).toEqual([format, key, own(fields, key)])
      }
      if (format === 'charx') {
        const contents = again.files.map(({ packed }) => packed)
        for (const file of own_) expect(contents.some((packed) => sameBytes(packed, file.packed))).toBe(true)
        if (picture) expect(again.picture).toBeDefined()
        // What was written once is written the same again.
        expect(sameBytes(writeCard(again, 'charx'), bytes)).toBe(true)
      }
    }
  })
})
