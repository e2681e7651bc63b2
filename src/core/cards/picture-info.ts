import { hasBytesAt, latin1Bytes, latin1Text, readUint16Little } from '#lib/bytes.ts'
import { limits } from './limits.ts'
import { looksLikePng } from './png-chunks.ts'
import { scanPng } from './scan-png.ts'

export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif' | 'image/avif'

export interface PictureSize {
  readonly width: number
  readonly height: number
}

const riff = latin1Bytes('RIFF')
const webp = latin1Bytes('WEBP')
const gif = latin1Bytes('GIF8')
const avif = latin1Bytes('ftypavif')

/** What kind of picture these bytes are, by their beginning. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  if (looksLikePng(bytes)) return 'image/png'
  if (hasBytesAt(bytes, 0, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (hasBytesAt(bytes, 0, riff) && hasBytesAt(bytes, 8, webp)) return 'image/webp'
  if (hasBytesAt(bytes, 0, gif)) return 'image/gif'
  return hasBytesAt(bytes, 4, avif) ? 'image/avif' : undefined
}

/** The size a picture claims, without decoding it; nothing where it makes no sense, or for AVIF, which hides it. */
export function pictureSize(bytes: Uint8Array, type: PictureType): PictureSize | undefined {
  const size = readSize(bytes, type)
  return size && size.width > 0 && size.height > 0 ? size : undefined
}

/** True for a picture that would take more memory to show than it is worth. */
export function isOversized({ width, height }: PictureSize): boolean {
  return Math.max(width, height) > limits.pictureSide || width * height > limits.pictureArea
}

function readSize(bytes: Uint8Array, type: PictureType): PictureSize | undefined {
  switch (type) {
    case 'image/png':
      return scanPng(bytes).size
    case 'image/jpeg':
      return jpegSize(bytes)
    case 'image/webp':
      return webpSize(bytes)
    case 'image/gif':
      return { width: readUint16Little(bytes, 6), height: readUint16Little(bytes, 8) }
    case 'image/avif':
      return undefined
  }
}

/** The size stands in the frame header: any of the markers C0 to CF that is none of the three other things. */
function jpegSize(bytes: Uint8Array): PictureSize | undefined {
  for (const { marker, data } of walkJpeg(bytes)) {
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const number = (at: number) => ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0)
      return { height: number(1), width: number(3) }
    }
  }
  return undefined
}

/** The segments of a JPEG up to its image data (ITU-T T.81, annex B). */
export function* walkJpeg(bytes: Uint8Array): Generator<{ readonly marker: number; readonly data: Uint8Array }> {
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0xda || marker === 0xd9) return
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    if (length < 2 || at + 2 + length > bytes.length) return
    yield { marker, data: bytes.subarray(at + 4, at + 2 + length) }
    at += 2 + length
  }
}

/** The size stands in the first chunk, in one of three ways (RFC 9649). */
function webpSize(bytes: Uint8Array): PictureSize | undefined {
  const kind = latin1Text(bytes.subarray(12, 16))
  const byte = (at: number) => bytes[at] ?? 0
  if (kind === 'VP8X') {
    const number = (at: number) => (byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16)) + 1
    return { width: number(24), height: number(27) }
  }
  if (kind === 'VP8L') {
    return {
      width: (byte(21) | ((byte(22) & 0x3f) << 8)) + 1,
      height: ((byte(22) >> 6) | (byte(23) << 2) | ((byte(24) & 0x0f) << 10)) + 1,
    }
  }
  return kind === 'VP8 '
    ? { width: readUint16Little(bytes, 26) & 0x3fff, height: readUint16Little(bytes, 28) & 0x3fff }
    : undefined
}
