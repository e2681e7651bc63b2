import { zlibSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { encodeBase64 } from '#lib/base64.ts'
import { concatBytes, latin1Bytes } from '#lib/bytes.ts'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import type { JsonObject } from './card.ts'
import { headerChunk, imageChunks, iTXt, payload, png, pngOf, tEXt, zTXt } from './png-fixture.ts'
import { type CardError, describeCardError, describeCardWarning, readCard } from './read-card.ts'
import { viewCard } from './view-card.ts'
import { pngChunk } from './write-png.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

function card(name: string, spec: 'chara_card_v2' | 'chara_card_v3' = 'chara_card_v2'): JsonObject {
  return {
    spec,
    spec_version: spec.endsWith('2') ? '2.0' : '3.0',
    data: { name, description: '灯台守 Ünïcödé', tags: [] },
  }
}

function read(bytes: Uint8Array) {
  const result = readCard(bytes, 'x.png')
  if (!result.ok) throw new Error(describeCardError(result.error))
  const { document, picture, warnings } = result.value
  for (const warning of warnings) expect(describeCardWarning(warning)).toMatch(/^[A-Z].*\.$/)
  return { document, name: viewCard(document).name, picture, warnings, types: warnings.map(({ type }) => type) }
}

function refusal(bytes: Uint8Array): CardError {
  const result = readCard(bytes)
  if (result.ok) throw new Error('Read, and should not have been')
  expect(describeCardError(result.error)).toMatch(/^[A-Z].*\.$/)
  return result.error
}

/** The bytes with one of them changed. */
function spoiled(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.with(at, (bytes[at] ?? 0) ^ 0xff)
}

const text = payload(card('Ana'))
const raw = utf8(JSON.stringify(card('Ana')))

describe('where the card may be', () => {
  test.each([
    ['tEXt before the image', png([tEXt('chara', text)])],
    ['tEXt after the image', png([], [tEXt('chara', text)])],
    ['a keyword with a capital', png([tEXt('Chara', text)])],
    ['zTXt', png([zTXt('ccv3', text)])],
    ['iTXt', png([], [iTXt('chara', text)])],
    ['iTXt, deflated', png([iTXt('ccv3', text, true)])],
    ['JSON as it is, in iTXt', png([iTXt('chara', raw)])],
    ['JSON as it is, in tEXt', png([tEXt('chara', raw)])],
    [
      'JSON as it is, with a byte order mark',
      png([iTXt('chara', concatBytes([Uint8Array.of(0xef, 0xbb, 0xbf), raw]))]),
    ],
    ['base64 in lines', png([tEXt('chara', latin1Bytes(String.fromCharCode(...text).replace(/.{60}/g, '$&\r\n')))])],
    ['base64 with NULs behind', png([tEXt('chara', concatBytes([text, new Uint8Array(3)]))])],
    ['base64 without padding', png([tEXt('chara', latin1Bytes(String.fromCharCode(...text).replace(/=+$/, '')))])],
    ['bytes behind the end', concatBytes([png([tEXt('chara', text)]), new Uint8Array(500).fill(1)])],
    ['among other texts', png([tEXt('Title', utf8('chara')), tEXt('parameters', utf8('{}')), tEXt('chara', text)])],
  ])('%s', (_, bytes) => {
    const result = read(bytes)
    expect(result).toMatchObject({ name: 'Ana', document: { raw: card('Ana') }, types: [] })
    expect(result.picture).toEqual({ bytes, type: 'image/png' })
  })

  test('JSON as it is in Latin-1, which is what tEXt is made of', () => {
    expect(read(png([tEXt('chara', latin1Bytes('{"name":"J\xfcrgen","description":""}'))])).name).toBe('Jürgen')
  })
})

describe('which card it is', () => {
  const v3 = payload(card('New', 'chara_card_v3'))
  test('ccv3 goes before chara, and the other is named when it says something else', () => {
    const result = read(png([tEXt('chara', text), tEXt('ccv3', v3)]))
    expect(result.name).toBe('New')
    expect(result.warnings).toEqual([
      { type: 'other-card', name: 'Ana', chunk: { kind: 'tEXt', keyword: 'chara', offset: 33 } },
    ])
    expect(result.warnings.map(describeCardWarning).join()).toContain('"chara" chunk (tEXt at byte 33)')
  })

  test('a chara that says the same is no news', () => {
    const same = tEXt('chara', payload(card('New', 'chara_card_v2')))
    expect(read(png([same, tEXt('ccv3', v3)])).types).toEqual([])
  })

  test('of two under one keyword the first that can be read', () => {
    expect(read(png([tEXt('chara', text), tEXt('chara', payload(card('Old')))]))).toMatchObject({
      name: 'Ana',
      types: ['other-card'],
    })
    expect(read(png([tEXt('ccv3', utf8('%%%')), tEXt('chara', text)]))).toMatchObject({
      name: 'Ana',
      warnings: [{ type: 'skipped-chunk', error: { type: 'undecodable-chunk', coding: 'base64', at: 0 } }],
    })
  })
})

describe('damaged pictures', () => {
  const whole = png([], [tEXt('chara', text)])
  const image = imageChunks.header.length + 8

  test('image data that does not check', () => {
    const result = read(spoiled(whole, image + 9))
    expect(result.warnings).toEqual([{ type: 'damaged-picture', problem: 'checksum', offset: image }])
    expect(result.picture).toBeDefined()
  })

  test('no end chunk', () => {
    const result = read(pngOf([imageChunks.header, imageChunks.data, tEXt('chara', text)]))
    expect(result).toMatchObject({ name: 'Ana', warnings: [{ type: 'damaged-picture', problem: 'no-end' }] })
  })

  test('a chunk that claims to be longer, or shorter, than it is', () => {
    for (const length of [3, 9, 200, 0x7fffffff]) {
      const bytes = whole.slice()
      new DataView(bytes.buffer).setUint32(image, length)
      expect(read(bytes).name).toBe('Ana')
      expect(read(bytes).types).toContain('damaged-picture')
    }
  })

  test('bytes lost in the middle of the image', () => {
    const bytes = concatBytes([whole.subarray(0, image + 10), whole.subarray(image + 13)])
    expect(read(bytes)).toMatchObject({ name: 'Ana', types: ['damaged-picture'] })
  })

  test('line breaks that were changed on the way: the card is read, there is no picture', () => {
    const result = read(concatBytes([whole.subarray(0, 4), whole.subarray(5)]))
    expect(result).toMatchObject({ name: 'Ana', warnings: [{ type: 'damaged-picture', problem: 'signature' }] })
    expect(result.picture).toBeUndefined()
  })

  test('a checksum of the card that is wrong', () => {
    const bytes = png([tEXt('chara', text)])
    const result = read(spoiled(bytes, 33 + 12 + 6 + text.length - 1))
    expect(result).toMatchObject({ name: 'Ana', types: ['bad-checksum'] })
  })

  test.each([
    [60_000, 60_000],
    [16_385, 10],
    [7000, 6000],
  ])('a picture of %i × %i pixels is not taken', (width, height) => {
    const bytes = pngOf([headerChunk(width, height), tEXt('chara', text), imageChunks.data, imageChunks.end])
    const result = read(bytes)
    expect(result.warnings).toEqual([{ type: 'oversized-picture', width, height }])
    expect(result.picture).toBeUndefined()
  })

  test('a picture of no size, or without image data, is not taken', () => {
    const noSize = read(pngOf([headerChunk(0, 5), tEXt('chara', text), imageChunks.data, imageChunks.end]))
    expect(noSize).toMatchObject({ picture: undefined, warnings: [{ problem: 'header' }] })
    const noData = read(pngOf([imageChunks.header, tEXt('chara', text), imageChunks.end]))
    expect(noData).toMatchObject({ picture: undefined, warnings: [{ problem: 'no-image' }] })
  })
})

test('a file of nothing but chunks is walked over so far and no further', () => {
  const empty = pngChunk('abCD', new Uint8Array())
  const crowd = concatBytes(Array.from({ length: 120_000 }, () => empty))
  expect(read(png([], [crowd, tEXt('chara', text)]))).toMatchObject({ name: 'Ana', types: ['damaged-picture'] })
})

describe('refused', () => {
  test('a picture and nothing else', () => {
    expect(refusal(png([]))).toEqual({ type: 'no-card-inside', container: 'PNG' })
    expect(refusal(png([tEXt('comment', text)]))).toEqual({ type: 'no-card-inside', container: 'PNG' })
  })

  test('cards kept in other ways', () => {
    expect(refusal(png([tEXt('naidata', text)]))).toMatchObject({ format: 'novelai-png' })
  })

  test('a file that ends in the middle of its card', () => {
    const bytes = png([tEXt('chara', text)])
    expect(refusal(bytes.subarray(0, 120))).toEqual({
      type: 'cut-off',
      chunk: { kind: 'tEXt', keyword: 'chara', offset: 33 },
    })
  })

  test('what can not be decoded, with its place', () => {
    const chunk = { kind: 'tEXt', keyword: 'chara', offset: 33 }
    const middle = text.with(40, 0x25)
    expect(refusal(png([tEXt('chara', middle)]))).toEqual({
      type: 'undecodable-chunk',
      coding: 'base64',
      at: 40,
      chunk,
    })
    expect(refusal(png([tEXt('chara', new Uint8Array())]))).toMatchObject({ type: 'undecodable-chunk' })
    expect(refusal(png([tEXt('chara', utf8('rcc||rccv1||abc'))]))).toEqual({ type: 'encrypted-card', chunk })
    expect(refusal(png([tEXt('chara', encodeBase64(utf8('{"name":"A"\n"x":1}')))]))).toMatchObject({
      type: 'malformed-json',
      line: 2,
      column: 1,
      chunk,
    })
    const broken = pngChunk('zTXt', concatBytes([latin1Bytes('chara\0\0'), zlibSync(text).subarray(0, 60)]))
    expect(refusal(png([broken]))).toMatchObject({ type: 'undecodable-chunk', coding: 'compression' })
    const method = pngChunk('zTXt', concatBytes([latin1Bytes('chara\0\u0007'), zlibSync(text)]))
    expect(refusal(png([method]))).toMatchObject({ type: 'undecodable-chunk', coding: 'compression' })
    expect(refusal(png([pngChunk('iTXt', latin1Bytes('chara\0\0\0de'))]))).toMatchObject({ type: 'cut-off' })
  })

  test('text that unfolds to more than any card is, alone or together', { timeout: 60_000 }, () => {
    const bomb = zTXt('chara', new Uint8Array(40 * 1_048_576))
    const file = png(Array.from({ length: 10 }, () => bomb))
    const spent = cpuTime(() => {
      const error = refusal(file)
      expect(error).toMatchObject({ type: 'chunk-too-large', inflated: true, chunk: { kind: 'zTXt' } })
    })
    expect(spent).toBeLessThan(1000)
  })

  test('a chunk of many levels', () => {
    const deep = utf8(`{"name":"A","description":"","x":${'['.repeat(10_000)}`)
    expect(refusal(png([iTXt('chara', deep)]))).toMatchObject({ type: 'json-too-deep', chunk: { kind: 'iTXt' } })
  })
})
