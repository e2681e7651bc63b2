import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { encodeBase64 } from '#lib/base64.ts'
import { concatBytes } from '#lib/bytes.ts'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { createCard } from './create-card.ts'
import { exifOf, jpegOf, webpOf } from './exif-fixture.ts'
import { imageChunks, iTXt, payload, png, pngOf, tEXt, zTXt } from './png-fixture.ts'
import { type CardItem, describeCardError, describeCardWarning, readCard, readCards } from './read-card.ts'
import { viewCard } from './view-card.ts'
import { writeCard } from './write-card.ts'
import { pngChunk } from './write-png.ts'
import { zipOf } from './zip-fixture.ts'

// Files for each reader; `FUZZ_RUNS=100000 npm run unit -- fuzz` is the thorough round.
const runs = Number(process.env['FUZZ_RUNS'] ?? 2000)
const corpus = resolve(process.env['CARD_CORPUS'] ?? '../shared/data/cards')

const document = createCard({
  name: 'Ana 灯',
  greetings: ['Hi {{user}}', 'Two\n"lines"'],
  tags: ['a'],
  her: { relationships: { Sam: 'friend' } },
})
const json = strToU8(JSON.stringify(document.raw))
const text = payload(document.raw)
const icon = { type: 'icon', uri: 'embeded://assets/a:b.png', name: 'main', ext: 'png' }
const withIcon = strToU8(JSON.stringify({ ...document.raw, data: { name: 'A', description: 'd', assets: [icon] } }))
const entries = { 'card.json': withIcon, 'assets/a_b.png': png([]), 'module.risum': strToU8('o\0..') }
const backyard = {
  character: { aiName: 'B', aiPersona: '{user}', loreItems: [{ key: 'a,b', value: 'c' }] },
  version: 4,
}
const byaf = {
  'manifest.json': { characters: ['c/character.json'], scenarios: ['s/1.json'], author: { name: 'x' } },
  'c/character.json': {
    name: 'B',
    persona: '{user}',
    images: [{ path: 'i.png', label: 'l' }],
    loreItems: [{ key: 'k' }],
  },
  's/1.json': { narrative: 'n', firstMessages: [{ text: 'Hi' }], exampleMessages: [{ text: 'e' }], messages: [{}] },
}
const byafEntries = [
  ...Object.entries(byaf).map(([name, file]) => [name, strToU8(JSON.stringify(file))] as const),
  ['c/i.png', png([])] as const,
]

/** Files to spoil, by the reader they are for: our own, and those of the corpus where it is there. */
const seeds: Record<string, readonly Uint8Array[]> = {
  json: [
    ...(['json-v2', 'json-v3'] as const).map((format) => writeCard({ document }, format)),
    ...corpusSeeds('real/json'),
    ...corpusSeeds('synthetic', /\.jsonl?$/),
    ...corpusSeeds('real/lorebook'),
  ],
  png: [
    writeCard({ document }, 'png'),
    png([zTXt('chara', text)], [iTXt('ccv3', text, true)]),
    png([iTXt('Chara', text)], [tEXt('chara', text), tEXt('ccv3', text), tEXt('chara-ext-asset_:0', text)]),
    ...corpusSeeds('real/png', /\.png$/),
    ...corpusSeeds('synthetic', /\.png$/),
  ],
  exif: [
    webpOf(exifOf(json)),
    webpOf(exifOf(strToU8([...json].join(',')), { order: 'MM' })),
    jpegOf(exifOf(encodeBase64(json), { directory: 'exif' })),
    pngOf([imageChunks.header, pngChunk('eXIf', exifOf(json)), imageChunks.data, imageChunks.end]),
  ],
  charx: [
    writeCard({ document }, 'charx'),
    zipSync(entries),
    zipSync(entries, { level: 0 }),
    concatBytes([jpegOf(), zipSync(entries, { level: 0 })]),
    zipOf(
      Object.entries(entries).map(([name, bytes]) => ({ name: `folder/${name}`, bytes, method: 0 })),
      true,
    ),
    ...corpusSeeds('synthetic', /\.(?:charx|jpg)$/),
  ],
  byaf: [zipSync(Object.fromEntries(byafEntries), { level: 0 }), zipSync(Object.fromEntries(byafEntries))],
  yaml: [
    strToU8(
      'name: Ana 灯\ngreeting: |-\n  Hello\n  "you"\ncontext: &a "x: y"\nlist:\n  - *a\n  - {b: [1, 2.5, ~]}\n? key\n: >\n  folded\n',
    ),
    strToU8("'name': A\n'persona': 'it''s'\ngreeting: \"\\u00e9 \\\n  x\"\nexample_dialogue: |+\n  a\n\n"),
  ],
  foreign: [
    strToU8(JSON.stringify(backyard)),
    strToU8(JSON.stringify({ char_name: 'A', char_persona: 'x', char_greeting: 'y' })),
    strToU8(
      JSON.stringify({
        kind: 'character',
        name: 'A',
        persona: { kind: 'wpp', attributes: { mind: ['calm'] } },
        greeting: 'g',
        characterBook: { entries: [{ keywords: ['a'], entry: 'b', weight: 1 }] },
      }),
    ),
  ],
  several: [
    strToU8(JSON.stringify([document.raw, { name: 'B', description: '' }])),
    zipSync({ 'a.json': json, 'b.charx': zipSync(entries), 'c.png': png([tEXt('chara', text)]) }, { level: 0 }),
  ],
}

const names = Object.keys(seeds)

/** Large files make slow rounds and find no more. */
function corpusSeeds(folder: string, wanted = /./): Uint8Array[] {
  const path = resolve(corpus, folder)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter((name) => wanted.test(name))
    .map((name) => new Uint8Array(readFileSync(resolve(path, name))))
    .filter((bytes) => bytes.length < 20_000)
}

/** One way to spoil a file; places are fractions of its length. */
type Mutation = (bytes: Uint8Array) => Uint8Array

const place = fc.double({ min: 0, max: 1, noNaN: true })
const interesting = fc.constantFrom(0, 1, 0x0a, 0x0d, 0x22, 0x2c, 0x3a, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x7f, 0x80, 0xff)
const lengths = fc.constantFrom(0, 1, 12, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff)

function mutationFor(others: readonly Uint8Array[]): fc.Arbitrary<Mutation> {
  return fc.oneof(
    fc.tuple(place, fc.nat(7)).map(([at, bit]) => flip(at, bit)),
    fc.tuple(place, fc.oneof(interesting, fc.nat(255))).map(([at, byte]) => replaceAt(at, 1, Uint8Array.of(byte))),
    fc.tuple(place, fc.nat(64)).map(([at, length]) => replaceAt(at, length, new Uint8Array())),
    fc.tuple(place, fc.uint8Array({ maxLength: 16 })).map(([at, more]) => replaceAt(at, 0, more)),
    fc.tuple(place, lengths, fc.boolean()).map(([at, value, isLittle]) => replaceNumber(at, value, isLittle)),
    place.map((at) => (bytes: Uint8Array) => bytes.subarray(0, Math.floor(at * bytes.length))),
    fc.tuple(place, place, fc.integer({ min: 2, max: 300 })).map(([from, to, times]) => repeat(from, to, times)),
    fc.tuple(place, place, fc.constantFrom(...others)).map(([at, from, other]) => splice(at, from, other)),
  )
}

function flip(at: number, bit: number): Mutation {
  return (bytes) => {
    const index = Math.min(Math.floor(at * bytes.length), bytes.length - 1)
    return index < 0 ? bytes : bytes.with(index, (bytes[index] ?? 0) ^ (1 << bit))
  }
}

function replaceAt(at: number, length: number, more: Uint8Array): Mutation {
  return (bytes) => {
    const from = Math.floor(at * bytes.length)
    return concatBytes([bytes.subarray(0, from), more, bytes.subarray(from + length)])
  }
}

function replaceNumber(at: number, value: number, isLittle: boolean): Mutation {
  const bytes = Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
  return replaceAt(at, 4, isLittle ? bytes.reverse() : bytes)
}

function repeat(from: number, to: number, times: number): Mutation {
  return (bytes) => {
    const start = Math.floor(Math.min(from, to) * bytes.length)
    const part = bytes.subarray(start, Math.min(Math.floor(Math.max(from, to) * bytes.length), start + 200))
    return concatBytes([bytes.subarray(0, start), ...Array.from({ length: times }, () => part), bytes.subarray(start)])
  }
}

/** The beginning of one file with the end of another. */
function splice(at: number, from: number, other: Uint8Array): Mutation {
  return (bytes) =>
    concatBytes([bytes.subarray(0, Math.floor(at * bytes.length)), other.subarray(Math.floor(from * other.length))])
}

/** True when the card was read; then it must be fit for use, and for writing. */
function check({ result }: CardItem): boolean {
  if (!result.ok) {
    expect(describeCardError(result.error)).toMatch(/^[A-Z].+\.$/s)
    return false
  }
  for (const warning of result.value.warnings) expect(describeCardWarning(warning)).toMatch(/^[A-Z].+\.$/s)
  const { picture, ...card } = result.value
  const view = viewCard(card.document)
  expect(view.name.trim()).not.toBe('')
  // What was read can be written, whatever state its picture is in.
  const inPng = writeCard({ ...card, ...(picture?.type === 'image/png' ? { picture } : {}) }, 'png')
  for (const written of [inPng, writeCard(result.value, 'charx')]) {
    const again = readCard(written)
    if (!again.ok) throw new Error(describeCardError(again.error))
    expect(viewCard(again.value.document).description).toBe(view.description)
  }
  return true
}

describe(`${runs} spoiled files for each reader`, () => {
  test.each(names)('%s: each is read or refused with a sentence, at once', { timeout: 60_000 + runs * 60 }, (name) => {
    const own = seeds[name] ?? []
    let slowest = 0
    const outcomes = { read: 0, refused: 0 }
    fc.assert(
      fc.property(
        fc.constantFrom(...own),
        fc.array(mutationFor(own), { minLength: 1, maxLength: 4 }),
        (seed, mutations) => {
          const bytes = mutations.reduce((spoiled, mutate) => mutate(spoiled), seed)
          let items: CardItem[] = []
          const spent = cpuTime(() => {
            items = [...readCards(bytes, 'spoiled.png')]
          })
          slowest = Math.max(slowest, spent)
          expect(items.length).toBeGreaterThan(0)
          for (const item of items) outcomes[check(item) ? 'read' : 'refused']++
        },
      ),
      { numRuns: runs },
    )
    expect(slowest).toBeLessThan(1000)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    // A fuzzer that spoils everything, or nothing, tests nothing.
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(runs / 50)
  })
})
