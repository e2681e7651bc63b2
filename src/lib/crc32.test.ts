import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latin1Bytes } from './bytes.ts'
import { crc32 } from './crc32.ts'

test('gives the check value of the CRC-32 standard, and that of an empty PNG end chunk', () => {
  expect(crc32(latin1Bytes('123456789'))).toBe(0xcbf43926)
  expect(crc32(latin1Bytes('IEND'))).toBe(0xae426082)
  expect(crc32(new Uint8Array())).toBe(0)
})

test('is the same whether four bytes are taken at a time or one bit', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      let crc = 0xffffffff
      for (const byte of bytes) {
        crc ^= byte
        for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
      }
      expect(crc32(bytes)).toBe((crc ^ 0xffffffff) >>> 0)
    }),
  )
})
