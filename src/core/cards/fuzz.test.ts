import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { encodeBase64 } from '#lib/base64.ts'
import { concatBytes } from '#lib/bytes.ts'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { createCard } from './create-card.ts'
import { exifOf, jpegOf, webpOf } from './exif-fixture.ts'
import { corpusSeeds, mutationFor, fuzzRuns as runs } from './mutations.test-kit.ts'
import { imageChunks, iTXt, payload, png, pngOf, tEXt, zTXt } from './png-fixture.ts'
import { type CardItem, describeCardError, describeCardWarning, readCard, readCards } from './read-card.ts'
import { viewCard } from './view-card.ts'
import { writeCard } from './write-card.ts'
import { pngChunk } from './write-png.ts'
import { zipOf } from './zip-fixture.ts'

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
