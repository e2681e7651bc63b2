import { expect, test } from 'vitest'
import { latin1Bytes } from './bytes.ts'
import { crc32 } from './crc32.ts'

test('gives the check value of the CRC-32 standard, and that of an empty PNG end chunk', () => {
  expect(crc32(latin1Bytes('123456789'))).toBe(0xcbf43926)
  expect(crc32(latin1Bytes('IEND'))).toBe(0xae426082)
  expect(crc32(new Uint8Array())).toBe(0)
})
