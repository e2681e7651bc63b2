import { expect, test } from 'vitest'
import { concatBytes, hasBytesAt, indexOfBytes, latin1Bytes, latin1Text, readUint32, uint32 } from './bytes.ts'

test('finds bytes, whole and within bounds', () => {
  const bytes = latin1Bytes('aab-aab')
  expect(indexOfBytes(bytes, latin1Bytes('ab'))).toBe(1)
  expect(indexOfBytes(bytes, latin1Bytes('ab'), 2)).toBe(5)
  expect(indexOfBytes(bytes, latin1Bytes('ab'), 2, 6)).toBe(-1)
  expect(indexOfBytes(bytes, latin1Bytes('abc'))).toBe(-1)
  expect(hasBytesAt(bytes, 6, latin1Bytes('bb'))).toBe(false)
})

test('reads and writes big-endian numbers without a sign', () => {
  expect(readUint32(Uint8Array.of(0, 0xff, 0xfe, 0xfd, 0xfc), 1)).toBe(0xfffefdfc)
  expect([...uint32(0xfffefdfc)]).toEqual([0xff, 0xfe, 0xfd, 0xfc])
  expect(readUint32(Uint8Array.of(1), 0)).toBe(0x01000000)
})

test('joins bytes, and keeps each Latin-1 byte apart', () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  expect(latin1Bytes(latin1Text(all))).toEqual(all)
  expect(latin1Text(concatBytes([latin1Bytes('a'), new Uint8Array(), latin1Bytes('bc')]))).toBe('abc')
})
