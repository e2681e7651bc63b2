import { describe, expect, test } from 'vitest'
import { encodeBase64 } from '#lib/base64.ts'
import { concatBytes, latin1Bytes, uint32Little } from '#lib/bytes.ts'
import { exifOf, jpegOf, webpOf } from './exif-fixture.ts'
import { imageChunks, payload, pngOf, tEXt } from './png-fixture.ts'
import { describeCardError, describeCardWarning, readCard } from './read-card.ts'
import { viewCard } from './view-card.ts'
import { pngChunk } from './write-png.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const card = { name: 'Ana 灯', description: 'd', first_mes: 'Hello.', public_id: 'x' }
const json = utf8(JSON.stringify(card))

function read(bytes: Uint8Array) {
  const result = readCard(bytes)
  if (!result.ok) throw new Error(describeCardError(result.error))
  for (const warning of result.value.warnings) expect(describeCardWarning(warning)).toMatch(/^[A-Z].*\.$/)
  return result.value
}

function errorOf(bytes: Uint8Array) {
  const result = readCard(bytes)
  return result.ok ? undefined : result.error
}

const carriers = [
  ['webp', webpOf, 'image/webp'],
  ['jpeg', jpegOf, 'image/jpeg'],
  [
    'png',
    (exif: Uint8Array) => pngOf([imageChunks.header, pngChunk('eXIf', exif), imageChunks.data, imageChunks.end]),
    'image/png',
  ],
] as const

describe.each(carriers)('a card in the EXIF data of a %s', (source, carry, type) => {
  test.each([
    ['as JSON', json],
    ['as a list of bytes', utf8([...json].join(','))],
    ['as base64', encodeBase64(json)],
    ['with a NUL behind', concatBytes([json, new Uint8Array(3)])],
  ])('%s', (_, comment) => {
    for (const directory of ['first', 'exif'] as const) {
      for (const order of ['II', 'MM'] as const) {
        const bytes = carry(exifOf(comment, { directory, order }))
        const found = read(bytes)
        expect(found).toMatchObject({ source, document: { spec: 'v1', raw: card }, warnings: [] })
        expect(found.picture).toEqual({ bytes, type })
      }
    }
  })

  test('in UTF-16', () => {
    const text = JSON.stringify(card)
    const units = Uint16Array.from(text, (letter) => letter.charCodeAt(0))
    const found = read(carry(exifOf(new Uint8Array(units.buffer), { code: 'UNICODE\0' })))
    expect(found.document.raw).toEqual(card)
  })

  test('in the form of Backyard, whose chats are left where they are', () => {
    const backyard = {
      character: { aiName: 'B', aiPersona: '{character} {user}', Chat: [{}], temperature: 1 },
      version: 1,
    }
    const found = read(carry(exifOf(encodeBase64(utf8(JSON.stringify(backyard))), { directory: 'exif' })))
    expect(viewCard(found.document)).toMatchObject({ name: 'B', description: '{{char}} {{user}}' })
    expect(found.warnings.map((warning) => warning.type)).toEqual(['converted', 'left-out-chats'])
  })

  test.each([
    ['a remark', utf8('Made with love')],
    ['nothing', new Uint8Array()],
    ['numbers', utf8('12,300,5,')],
  ])('%s is no card', (_, comment) => {
    expect(errorOf(carry(exifOf(comment)))).toMatchObject({ type: 'no-card-inside' })
  })

  test('a broken one is told so', () => {
    expect(errorOf(carry(exifOf(utf8('{"name":"A"'))))).toMatchObject({ type: 'malformed-json' })
  })

  test('EXIF data that makes no sense holds none', () => {
    const good = exifOf(json)
    for (const exif of [good.subarray(0, 12), latin1Bytes('XX*'), good.fill(0xff, 4, 8)]) {
      expect(errorOf(carry(exif))).toMatchObject({ type: 'no-card-inside' })
    }
  })
})

test('text chunks go before EXIF data', () => {
  const exif = pngChunk('eXIf', exifOf(json))
  const bytes = pngOf([imageChunks.header, exif, tEXt('chara', payload({ ...card, name: 'Text' })), imageChunks.end])
  expect(viewCard(read(bytes).document).name).toBe('Text')
})

test('a picture that would not fit into memory is not taken, its card is', () => {
  const huge = webpOf(exifOf(json))
  huge.set([0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 24)
  expect(read(huge)).toMatchObject({ warnings: [{ type: 'oversized-picture', width: 16_777_216 }] })
  expect(read(huge).picture).toBeUndefined()
  const endless = jpegOf(exifOf(json))
  endless.set(uint32Little(0), endless.length - 16)
  expect(read(endless).document.raw).toEqual(card)
})
