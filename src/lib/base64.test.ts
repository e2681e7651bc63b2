import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { latin1Bytes, latin1Text } from './bytes.ts'

function decoded(text: string): string | number {
  const result = decodeBase64(latin1Bytes(text))
  return result.ok ? latin1Text(result.value) : result.offset
}

describe('base64', () => {
  test('writes what everyone else writes, and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64(bytes)
        expect(latin1Text(text)).toBe(Buffer.from(bytes).toString('base64'))
        expect(decodeBase64(text)).toEqual({ ok: true, value: bytes })
      }),
    )
  })

  test.each([
    ['SGVs\r\nbG8=', 'Hello'],
    ['SGVsbG8', 'Hello'],
    ['  SGVsbG8=  \n', 'Hello'],
    ['-_-_', 'ûÿ¿'],
    ['', ''],
  ])('reads %j leniently', (text, expected) => {
    expect(decoded(text)).toBe(expected)
  })

  test('says where it stops being base64', () => {
    expect(decoded('SGVs{bG8=')).toBe(4)
    expect(decoded('SGVsbG8=SGVs')).toBe(8)
  })
})
