import { hasBytesAt, latin1Bytes, latin1Text, readUint32 } from '#lib/bytes.ts'
import { crc32 } from '#lib/crc32.ts'
import { limits } from './limits.ts'

/** A chunk of a PNG, by the PNG specification (third edition), section 5.3. Offsets count bytes of the file. */
export interface PngChunk {
  /** Four ASCII letters. */
  readonly type: string
  /** Where its length stands. */
  readonly offset: number
  readonly data: Uint8Array
  /** Behind its checksum. */
  readonly end: number
}

/**
 * How a PNG ended: `unknown-bytes` and `cut-off` say that what stands at `offset` is no whole chunk (or one too many, as
 * no honest file has a hundred thousand).
 */
export interface PngEnding {
  readonly reason: 'end-chunk' | 'end-of-file' | 'unknown-bytes' | 'cut-off'
  readonly offset: number
}

export const pngSignature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const headerType = latin1Bytes('IHDR')

/** True for a PNG, and for one whose signature lost a line break on the way (which is what the signature is for). */
export function looksLikePng(bytes: Uint8Array): boolean {
  return hasBytesAt(bytes, 0, pngSignature) || firstChunkOffset(bytes) !== undefined
}

/** Where the first chunk begins: at 8, or before the IHDR that follows a damaged signature. */
export function firstChunkOffset(bytes: Uint8Array): number | undefined {
  if (hasBytesAt(bytes, 0, pngSignature)) return pngSignature.length
  if (!hasBytesAt(bytes, 1, pngSignature.subarray(1, 4))) return undefined
  for (let offset = 4; offset <= 12; offset++) {
    if (hasBytesAt(bytes, offset + 4, headerType)) return offset
  }
  return undefined
}

/** The chunks from `offset` on, up to and with IEND, or as far as they make sense. */
export function* walkChunks(bytes: Uint8Array, offset: number): Generator<PngChunk, PngEnding> {
  let at = offset
  for (let count = 0; at < bytes.length; count++) {
    const length = readUint32(bytes, at)
    if (!isChunkType(bytes, at + 4) || count >= limits.pngChunks) return { reason: 'unknown-bytes', offset: at }
    const end = at + 12 + length
    if (length > 0x7fffffff || end > bytes.length) return { reason: 'cut-off', offset: at }
    const type = latin1Text(bytes.subarray(at + 4, at + 8))
    yield { type, offset: at, data: bytes.subarray(at + 8, end - 4), end }
    if (type === 'IEND') return { reason: 'end-chunk', offset: end }
    at = end
  }
  return { reason: 'end-of-file', offset: at }
}

function isChunkType(bytes: Uint8Array, offset: number): boolean {
  for (let index = 0; index < 4; index++) {
    const letter = (bytes[offset + index] ?? 0) | 0x20
    if (letter < 0x61 || letter > 0x7a) return false
  }
  return true
}

/** True when a chunk's checksum, over its type and data, is the one written behind it. */
export function hasSoundChecksum(bytes: Uint8Array, chunk: Pick<PngChunk, 'offset' | 'end'>): boolean {
  return crc32(bytes.subarray(chunk.offset + 4, chunk.end - 4)) === readUint32(bytes, chunk.end - 4)
}

/**
 * From where on a file must be searched by eye, if its chunks end in disorder. The last chunk may have claimed more
 * than it has, and so have hidden what follows it: when its checksum is wrong the search begins inside it.
 */
export function structureLostFrom(
  bytes: Uint8Array,
  last: PngChunk | undefined,
  ending: PngEnding,
): number | undefined {
  if (ending.reason === 'end-chunk' || ending.reason === 'end-of-file') return undefined
  return last && !hasSoundChecksum(bytes, last) ? last.offset + 8 : ending.offset
}
