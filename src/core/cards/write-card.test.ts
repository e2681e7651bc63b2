import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { deflateSync, unzipSync, zlibSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { indexOfBytes, latin1Bytes } from '#lib/bytes.ts'
import type { CardDocument, Json, JsonObject } from './card.ts'
import { storedFile } from './card-file.ts'
import { createCard } from './create-card.ts'
import { firstChunkOffset, walkChunks } from './png-chunks.ts'
import { headerChunk, imageChunks, iTXt, payload, png, pngOf, tEXt, zTXt } from './png-fixture.ts'
import { isLitter } from './read-archive.ts'
import { describeCardError, readCard } from './read-card.ts'
import { type CardFormat, writeCard } from './write-card.ts'
import { pngChunk } from './write-png.ts'
import { isSafeName } from './zip-names.ts'

function read(bytes: Uint8Array) {
  const result = readCard(bytes)
  if (!result.ok) throw new Error(describeCardError(result.error))
  return result.value
}

function chunksOf(bytes: Uint8Array) {
  return [...walkChunks(bytes, firstChunkOffset(bytes) ?? 0)]
}

const hostileKey = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '0',
  'name',
)
const json = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
    fc.constantFrom(-0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '\uD800', '\u2028', '\0', '{{user}}'),
    fc.array(tie('tree'), { maxLength: 4 }),
    entriesOf(tie('tree')),
  ),
})).tree

/** Objects whose keys may be anything, `__proto__` among them, as JSON.parse would make them. */
function entriesOf(values: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> {
  return fc
    .array(fc.tuple(fc.oneof(hostileKey, fc.string()), values), { maxLength: 6 })
    .map((entries) => Object.fromEntries(entries))
}

/** A card of V2 or V3 with anything anywhere, which no projection has a reason to change. */
const document: fc.Arbitrary<CardDocument> = fc
  .tuple(fc.constantFrom('v2' as const, 'v3' as const), entriesOf(json), entriesOf(json), entriesOf(json), json)
  .map(([spec, root, data, extensions, name]) => ({
    spec,
    raw: withEntries(root, {
      spec: `chara_card_${spec}`,
      spec_version: `${spec[1]}.0`,
      data: withEntries(data, { name, extensions, character_book: null }),
    }),
  }))

function withEntries(object: JsonObject, more: JsonObject): JsonObject {
  return Object.fromEntries([...Object.entries(object), ...Object.entries(more)])
}

describe('read after write', () => {
  test.each<CardFormat>(['json-v2', 'json-v3', 'png', 'charx'])(
    'gives every field back as it was: %s',
    { timeout: 60_000 },
    (format) => {
      fc.assert(
        fc.property(document, (card) => {
          fc.pre(format.startsWith('json') ? format.endsWith(card.spec) : card.spec === 'v3')
          const again = read(writeCard({ document: card }, format)).document
          expect(again.spec).toBe(card.spec)
          // Not toEqual, which looks at constructors: these trees have keys of that name.
          expect(isDeepStrictEqual(again.raw, card.raw)).toBe(true)
          expect(JSON.stringify(again.raw)).toBe(JSON.stringify(card.raw))
          expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
        }),
        { numRuns: 200 },
      )
    },
  )

  // A V2 card is read from its own PNG as the V3 card that is in there too, so that the first writing may add to it.
  test('writing what was read gives the same bytes again', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(document, fc.constantFrom<CardFormat>('json-v2', 'json-v3', 'png', 'charx'), (card, format) => {
        const once = writeCard(read(writeCard({ document: card }, format)), format)
        expect(writeCard(read(once), format)).toEqual(once)
      }),
      { numRuns: 100 },
    )
  })

  test('the files of an archive come back under their names, bit for bit', { timeout: 60_000 }, () => {
    const name = fc.oneof(
      fc.constantFrom(
        '__proto__',
        'constructor',
        'module.risum',
        'assets/灯.png',
        'a b/c.json',
        'CARD.JSON',
        'x_meta/0',
      ),
      fc.string({ minLength: 1 }).filter((text) => isSafeName(text) && text !== 'card.json'),
    )
    const file = fc.tuple(name, fc.uint8Array(), fc.boolean()).map(([path, bytes, isPacked]) => {
      const stored = storedFile(path, bytes)
      return isPacked ? { ...stored, method: 8, packed: deflateSync(bytes) } : stored
    })
    fc.assert(
      fc.property(document, fc.uniqueArray(file, { selector: ({ path }) => path, maxLength: 6 }), (card, files) => {
        fc.pre(card.spec === 'v3')
        const again = read(writeCard({ document: card, files }, 'charx'))
        expect(again.files).toEqual(files.filter(({ path }) => !isLitter(path)))
        expect(isDeepStrictEqual(again.document.raw, card.raw)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('a V1 card keeps all it has, and is V3 from then on', () => {
    const raw = { name: 'A', description: 'd', fav: 'false', metadata: { tool: 'x' } }
    const again = read(writeCard({ document: { spec: 'v1', raw } }, 'json-v3')).document
    expect(again).toEqual({
      spec: 'v3',
      raw: { spec: 'chara_card_v3', spec_version: '3.0', data: { ...raw, group_only_greetings: [] } },
    })
  })
})

describe('PNG', () => {
  const card = createCard({ name: 'New' })
  const old = payload({ name: 'Old', description: '' })
  const frame = pngChunk('fcTL', new Uint8Array(26))
  const others = [
    pngChunk('acTL', new Uint8Array(8)),
    frame,
    tEXt('parameters', latin1Bytes('steps: 20')),
    iTXt('XML', old),
  ]

  test('the old cards go, all else stays as it was and where it was', () => {
    const source = png(
      [...others, tEXt('Chara', old), zTXt('ccv3', old)],
      [iTXt('CHARA', old, true), pngChunk('fdAT', zlibSync(new Uint8Array(9))), tEXt('chara', old)],
    )
    const written = writeCard({ document: card, picture: { bytes: source, type: 'image/png' } }, 'png')
    const [header, v2, v3, ...rest] = chunksOf(written)
    expect([header?.type, v2?.type, v3?.type]).toEqual(['IHDR', 'tEXt', 'tEXt'])
    expect(indexOfBytes(v2?.data ?? new Uint8Array(), latin1Bytes('chara\0'))).toBe(0)
    expect(indexOfBytes(v3?.data ?? new Uint8Array(), latin1Bytes('ccv3\0'))).toBe(0)
    expect(rest.map(({ offset, end }) => written.slice(offset, end))).toEqual([
      ...others,
      imageChunks.data,
      pngChunk('fdAT', zlibSync(new Uint8Array(9))),
      imageChunks.end,
    ])
    expect(read(written)).toMatchObject({ document: { raw: card.raw }, warnings: [], picture: { bytes: written } })
  })

  test('bytes behind the end stay, a missing end is added', () => {
    const tail = latin1Bytes('PK\x03\x04 someone’s archive'.replace('’', "'"))
    const picture = new Uint8Array([...png([]), ...tail])
    const written = writeCard({ document: card, picture: { bytes: picture, type: 'image/png' } }, 'png')
    expect(written.slice(-tail.length)).toEqual(tail)
    const endless = writeCard(
      { document: card, picture: { bytes: pngOf([imageChunks.header, imageChunks.data]), type: 'image/png' } },
      'png',
    )
    expect(chunksOf(endless).map(({ type }) => type)).toEqual(['IHDR', 'tEXt', 'tEXt', 'IDAT', 'IEND'])
  })

  test('a damaged picture stays as damaged, and has only the new card', () => {
    const source = png([], [tEXt('chara', old)])
    new DataView(source.buffer).setUint32(33, 7)
    const written = writeCard({ document: card, picture: { bytes: source, type: 'image/png' } }, 'png')
    const again = read(written)
    expect(again.document.raw).toEqual(card.raw)
    expect(again.warnings.map(({ type }) => type)).toEqual(['damaged-picture'])
    expect(indexOfBytes(written, old)).toBe(-1)
  })

  test('without a picture there is a plain one', () => {
    const again = read(writeCard({ document: card }, 'png'))
    expect(again.warnings).toEqual([])
    expect(again.picture?.bytes.subarray(8, 33)).toEqual(headerChunk(400, 600))
  })

  test('what is no PNG is an error of the program', () => {
    for (const bytes of [new Uint8Array(), latin1Bytes('GIF89a'), pngOf([imageChunks.end]), pngOf([])]) {
      expect(() => writeCard({ document: card, picture: { bytes, type: 'image/png' } }, 'png')).toThrow(TypeError)
    }
  })
})

describe('CHARX', () => {
  const picture = { bytes: png([]), type: 'image/png' } as const
  const iconPath = 'assets/icon/images/main.png'

  function unzip(document: CardDocument, withPicture = true) {
    const entries = unzipSync(writeCard({ document, ...(withPicture ? { picture } : {}) }, 'charx'))
    const card: JsonObject = JSON.parse(new TextDecoder().decode(entries['card.json']))
    return { entries, names: Object.keys(entries), data: card['data'] as JsonObject, card }
  }

  test('holds the card as V3 and the picture as it is', () => {
    const { entries, names, card, data } = unzip(createCard({ name: 'Ana 灯' }))
    expect(names).toEqual(['card.json', iconPath])
    expect(entries[iconPath]).toEqual(picture.bytes)
    expect(card).toMatchObject({ spec: 'chara_card_v3', data: { name: 'Ana 灯' } })
    expect(data['assets']).toEqual([{ type: 'icon', uri: `embeded://${iconPath}`, name: 'main', ext: 'png' }])
  })

  test('assets that meant the picture point to it, others stay', () => {
    const foreign = { type: 'emotion', uri: 'https://example.com/a.png', name: 'joy', ext: 'png' }
    const icon = { type: 'icon', uri: 'ccdefault:', name: 'main', ext: 'png', mine: 1 }
    const document: CardDocument = {
      spec: 'v3',
      raw: { spec: 'chara_card_v3', spec_version: '3.0', data: { name: 'A', assets: [foreign, icon, 7] } },
    }
    expect(unzip(document).data['assets']).toEqual([foreign, { ...icon, uri: `embeded://${iconPath}` }, 7])
    expect(unzip(document, false).data['assets']).toEqual([foreign, icon, 7])
    expect(unzip(document, false).names).toEqual(['card.json'])
  })

  test('another main icon is not pushed aside', () => {
    const main = { type: 'icon', uri: 'https://example.com/a.png', name: 'main', ext: 'png' }
    const document: CardDocument = {
      spec: 'v3',
      raw: { spec: 'chara_card_v3', spec_version: '3.0', data: { name: 'A', assets: [main] } },
    }
    expect(unzip(document).data['assets']).toEqual([
      main,
      { type: 'icon', uri: `embeded://${iconPath}`, name: 'portrait', ext: 'png' },
    ])
  })

  test('the same card gives the same bytes', () => {
    const document = createCard({ name: 'A' })
    expect(writeCard({ document, picture }, 'charx')).toEqual(writeCard({ document, picture }, 'charx'))
  })
})
