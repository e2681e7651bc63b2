import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { encodeBase64 } from '#lib/base64.ts'
import { concatBytes, latin1Text } from '#lib/bytes.ts'
import type { Json, JsonObject } from './card.ts'
import { jpegOf } from './exif-fixture.ts'
import { findAssets } from './find-asset.ts'
import { payload, png, tEXt } from './png-fixture.ts'
import { describeCardError, describeCardWarning, readCard } from './read-card.ts'
import { viewCard } from './view-card.ts'
import { writeCard } from './write-card.ts'
import { zipOf } from './zip-fixture.ts'

const portrait = png([])
const risum = Uint8Array.of(0x6f, 0, 4, 0, 0, 0, 1, 2, 3, 4)

function card(assets?: readonly Json[], more: JsonObject = {}): JsonObject {
  return {
    spec: 'chara_card_v3',
    spec_version: '3.0',
    data: { name: 'Ana', description: 'd', group_only_greetings: [], ...(assets ? { assets } : {}), ...more },
  }
}

function asset(uri: string, name = 'main', type = 'icon', ext = 'png'): JsonObject {
  return { type, uri, name, ext }
}

function charx(tree: JsonObject, entries: Record<string, Uint8Array> = {}, folder = ''): Uint8Array {
  const json = strToU8(JSON.stringify(tree))
  return zipSync(Object.fromEntries([[`${folder}card.json`, json], ...Object.entries(entries)]))
}

function read(bytes: Uint8Array) {
  const result = readCard(bytes, 'ana.charx')
  if (!result.ok) throw new Error(describeCardError(result.error))
  const { warnings, files } = result.value
  for (const warning of warnings) expect(describeCardWarning(warning)).toMatch(/^[A-Z].*\.$/)
  return { ...result.value, types: warnings.map(({ type }) => type), paths: files.map(({ path }) => path) }
}

function errorOf(bytes: Uint8Array) {
  const result = readCard(bytes)
  if (result.ok) throw new Error('Read, and should not have been')
  expect(describeCardError(result.error)).toMatch(/^[A-Z].*\.$/)
  return result.error
}

describe('reading', () => {
  test('the card, its main icon, and everything else as it is', () => {
    const tree = card([asset('embeded://a/b.webp', 'other'), asset('embeded://assets/icon/images/main.png')])
    const entries = {
      'assets/icon/images/main.png': portrait,
      'module.risum': risum,
      'x_meta/main.json': strToU8('{}'),
    }
    const found = read(charx(tree, { ...entries, 'a/b.webp': strToU8('x') }))
    expect(found).toMatchObject({ source: 'charx', document: { spec: 'v3', raw: tree }, types: [] })
    expect(found.picture).toEqual({ bytes: portrait, type: 'image/png' })
    expect(found.paths).toEqual([...Object.keys(entries), 'a/b.webp'])
  })

  test('V2 in it is read as V2', () => {
    const tree = { ...card(), spec: 'chara_card_v2', spec_version: '2.0' }
    expect(read(charx(tree)).document).toEqual({ spec: 'v2', raw: tree })
  })

  test('in a folder of its own, with what a Mac adds', () => {
    const tree = card([asset('embeded://assets/main.png')])
    const found = read(charx(tree, { 'Ana/assets/main.png': portrait, '__MACOSX/._card.json': strToU8('x') }, 'Ana/'))
    expect(found).toMatchObject({ types: ['wrapped-folder'], paths: ['assets/main.png'] })
    expect(found.picture?.bytes).toEqual(portrait)
  })

  test.each([
    ['embeded://assets/a:b.png', 'assets/a_b.png'],
    ['embedded://assets/a?b.png', 'assets/a_b.png'],
    ['embeded://assets/Main.PNG', 'assets/main.png'],
    ['embeded://assets/con.png', 'assets/_con.png'],
    ['embeded://assets/a. /b.png', 'assets/a/b.png'],
    ['embeded://assets/\u0065\u0301.png', 'assets/\u00e9.png'],
    ['embeded://elsewhere/main.png', 'assets/icon/main.png'],
  ])('%s is found as %s, and that is told', (uri, path) => {
    const found = read(charx(card([asset(uri)]), { [path]: portrait }))
    expect(found.picture?.bytes).toEqual(portrait)
    expect(found.types).toEqual(['renamed-assets'])
  })

  test('of two that may be meant none is taken', () => {
    const found = read(charx(card([asset('embeded://x/main.png')]), { 'a/main.png': portrait, 'b/main.png': portrait }))
    expect(found).toMatchObject({ types: ['missing-assets'] })
    expect(found.picture).toBeUndefined()
  })

  test('remote and strange addresses stay, and nothing is said of them', () => {
    const tree = card([asset('https://example.com/x.png'), asset('/storage/Aao0I', 'm', 'x', 'mp4'), 7, { uri: 3 }])
    expect(read(charx(tree))).toMatchObject({ document: { raw: tree }, types: [] })
  })

  test('a picture in its own address', () => {
    const uri = `data:image/png;base64,${latin1Text(encodeBase64(portrait))}`
    expect(read(charx(card([asset(uri)]))).picture).toEqual({ bytes: portrait, type: 'image/png' })
  })

  test('an icon that is no picture costs the picture only', () => {
    const tree = card([asset('embeded://main.png')])
    expect(read(charx(tree, { 'main.png': strToU8('<svg/>') })).types).toEqual(['unshowable-picture'])
    // No card could be put into one.
    const damaged = portrait.with(0, 0x88)
    const { picture, types } = read(charx(tree, { 'main.png': damaged }))
    expect({ picture, types }).toEqual({ picture: undefined, types: ['unshowable-picture'] })
  })

  test('a wrong checksum is told', () => {
    const bytes = zipOf([{ name: 'card.json', bytes: strToU8(JSON.stringify(card())), checksum: 1 }])
    expect(read(bytes).types).toEqual(['bad-entry-checksum'])
  })
})

describe('behind a JPEG', () => {
  const jpeg = jpegOf()

  test('the JPEG is what `ccdefault:` means', () => {
    const found = read(
      concatBytes([jpeg, charx(card([asset('embeded://x.png', 'other'), asset('ccdefault:')]), { 'x.png': portrait })]),
    )
    expect(found.picture).toEqual({ bytes: jpeg, type: 'image/jpeg' })
    expect(read(concatBytes([jpeg, charx(card())])).picture?.type).toBe('image/jpeg')
  })

  test('a main icon in the archive goes before it', () => {
    const tree = card([asset('embeded://main.png')])
    expect(read(concatBytes([jpeg, charx(tree, { 'main.png': portrait })])).picture?.type).toBe('image/png')
  })
})

describe('refused', () => {
  test('a card that unfolds to far more than it is', () => {
    const bomb = zipSync({ 'card.json': new Uint8Array(15 * 1_048_576) })
    expect(errorOf(bomb)).toMatchObject({ type: 'unreadable-entry', problem: 'too-large' })
    const liar = zipOf([{ name: 'card.json', bytes: new Uint8Array(60 * 1_048_576), size: 100 }])
    expect(errorOf(liar)).toMatchObject({ type: 'unreadable-entry', problem: 'too-large' })
  }, 60_000)

  test('archives with a lock, and archives of nothing we know', () => {
    expect(errorOf(zipOf([{ name: 'card.json', bytes: risum, flags: 1 }]))).toMatchObject({ problem: 'encrypted' })
    expect(errorOf(zipSync({ 'package.json5': risum }))).toMatchObject({ format: 'zip' })
    expect(errorOf(charx(card()).slice(0, -30))).toMatchObject({ type: 'bad-archive', problem: 'damaged' })
  })

  test('a card.json that is no card', () => {
    expect(errorOf(zipSync({ 'card.json': strToU8('{"a":1}') }))).toMatchObject({ type: 'not-a-card' })
  })
})

describe('writing what was read', () => {
  const tree = card(
    [
      asset('embeded://assets/main.png'),
      asset('embeded://assets/emotion/a:b.png', 'joy', 'emotion'),
      asset('https://x.test/y.png', 'z'),
    ],
    { unknown: { deep: [1] } },
  )
  const entries = {
    'assets/main.png': portrait,
    'assets/emotion/a_b.png': portrait,
    'module.risum': risum,
    'x_meta/main.json': strToU8('{"type":"PNG"}'),
    'app.json': strToU8('{ "mine": true }'),
    constructor: risum,
  }

  test('every entry comes back, and every address leads to one', () => {
    const first = read(charx(tree, entries))
    const written = writeCard(first, 'charx')
    const { 'card.json': json, ...others } = unzipSync(written)
    expect(others).toEqual(entries)
    const again = read(written)
    expect(again.types).toEqual([])
    expect(again.picture).toEqual(first.picture)
    const assets = (tree['data'] as JsonObject)['assets'] as Json[]
    const [main, joy, remote] = assets as JsonObject[]
    const expected = card([main ?? null, { ...joy, uri: 'embeded://assets/emotion/a_b.png' }, remote ?? null], {
      unknown: { deep: [1] },
    })
    expect(JSON.parse(new TextDecoder().decode(json))).toEqual(expected)
    // From then on nothing changes any more.
    expect(writeCard(again, 'charx')).toEqual(written)
    expect(read(writeCard(again, 'charx')).document).toEqual(again.document)
  })

  test('another picture is put in beside', () => {
    const { picture: _, ...first } = read(charx(tree, entries))
    const other = jpegOf()
    const written = writeCard({ ...first, picture: { bytes: other, type: 'image/jpeg' } }, 'charx')
    expect(unzipSync(written)['assets/icon/images/main.jpg']).toEqual(other)
    expect(unzipSync(written)['module.risum']).toEqual(risum)
  })

  test('assets in the text chunks of a PNG move into the archive', () => {
    const assets = [asset('__asset:0', 'joy', 'emotion', 'webp'), asset('__asset:1', 'a/../b', 'icon')]
    const file = png([
      tEXt('ccv3', payload(card(assets))),
      tEXt('chara-ext-asset_:0', encodeBase64(risum)),
      tEXt('chara-ext-asset_1', encodeBase64(portrait)),
    ])
    const first = read(file)
    expect(first.paths).toEqual(['__asset:0', '__asset:1'])
    const again = read(writeCard(first, 'charx'))
    expect(again.types).toEqual([])
    const found = findAssets(again.document, again.files)
    expect(found.map(({ file: one }) => one?.path)).toContain('assets/emotion/other/joy.webp')
    expect(found.every(({ file: one }) => one)).toBe(true)
    expect(again.files.find(({ path }) => path.endsWith('joy.webp'))?.packed).toEqual(risum)
    expect(viewCard(again.document)).toEqual(viewCard(first.document))
  })
})
