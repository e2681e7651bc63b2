import { decodeBase64 } from '#lib/base64.ts'
import { hasBytesAt, latin1Bytes, latin1Text } from '#lib/bytes.ts'
import { trimBytes } from './trim-bytes.ts'

const userComment = 0x9286
const exifDirectory = 0x8769
const preamble = latin1Bytes('Exif\0\0')
const codeLength = 8

/** A TIFF structure, which is what EXIF is (Exif 3.0, section 4.5). */
interface Tiff {
  readonly bytes: Uint8Array
  readonly isLittle: boolean
}

/** The bytes of the UserComment in EXIF data, behind its character code; from the first directory or the EXIF one. */
export function readUserComment(exif: Uint8Array): Uint8Array | undefined {
  const bytes = hasBytesAt(exif, 0, preamble) ? exif.subarray(preamble.length) : exif
  const order = latin1Text(bytes.subarray(0, 2))
  if (order !== 'II' && order !== 'MM') return undefined
  const tiff: Tiff = { bytes, isLittle: order === 'II' }
  const first = number(tiff, 4, 4)
  const deeper = findValue(tiff, first, exifDirectory)
  const place = findPlace(tiff, first, userComment) ?? (deeper && findPlace(tiff, deeper, userComment))
  if (!place) return undefined
  const comment = bytes.subarray(place.from, place.to)
  return comment.length > codeLength ? comment.subarray(codeLength) : undefined
}

/**
 * The card's JSON in a UserComment: as it is, as a list of decimal bytes (`123,34,…`, TavernAI), or in base64
 * (Backyard). Nothing when it is none of these, as in nearly every photograph.
 */
export function unpackComment(comment: Uint8Array): Uint8Array | undefined {
  // UTF-16, of which `decodeText` takes care; its last letter may end in a NUL that is not to be trimmed.
  if ((comment[0] === 0x7b && comment[1] === 0) || (comment[0] === 0 && comment[1] === 0x7b)) return comment
  const text = trimBytes(comment)
  if (text[0] === 0x7b || text[0] === 0x5b) return text
  if (isByteList(text)) return readByteList(text)
  const decoded = decodeBase64(text)
  return decoded.ok && (decoded.value[0] === 0x7b || decoded.value[0] === 0x5b) ? decoded.value : undefined
}

function isByteList(text: Uint8Array): boolean {
  return /^\d{1,3}\s*,\s*\d{1,3}\s*,/.test(latin1Text(text.subarray(0, 16)))
}

function readByteList(text: Uint8Array): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.ceil(text.length / 2))
  let length = 0
  let value = -1
  for (const code of text) {
    if (code >= 0x30 && code <= 0x39) value = Math.max(value, 0) * 10 + code - 0x30
    else if (code === 0x2c) {
      if (value < 0) return undefined
      bytes[length++] = value
      value = -1
    } else if (code > 0x20) return undefined
    if (value > 255) return undefined
  }
  if (value >= 0) bytes[length++] = value
  return bytes.subarray(0, length)
}

function number({ bytes, isLittle }: Tiff, at: number, size: 2 | 4): number {
  let value = 0
  for (let index = 0; index < size; index++) {
    value = value * 256 + (bytes[at + (isLittle ? size - 1 - index : index)] ?? 0)
  }
  return value
}

function findEntry(tiff: Tiff, directory: number, tag: number): number | undefined {
  const count = number(tiff, directory, 2)
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + index * 12
    if (entry + 12 > tiff.bytes.length) return undefined
    if (number(tiff, entry, 2) === tag) return entry
  }
  return undefined
}

function findValue(tiff: Tiff, directory: number, tag: number): number | undefined {
  const entry = findEntry(tiff, directory, tag)
  return entry === undefined ? undefined : number(tiff, entry + 8, 4)
}

/** Where the bytes of a field stand; a comment has one byte for each of its count. */
function findPlace(tiff: Tiff, directory: number, tag: number): { from: number; to: number } | undefined {
  const entry = findEntry(tiff, directory, tag)
  if (entry === undefined) return undefined
  const from = number(tiff, entry + 8, 4)
  return { from, to: from + number(tiff, entry + 4, 4) }
}
