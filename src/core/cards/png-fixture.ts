import { zlibSync } from 'fflate'
import { encodeBase64 } from '#lib/base64.ts'
import { concatBytes, latin1Bytes, uint32 } from '#lib/bytes.ts'
import type { Json } from './card.ts'
import { pngSignature } from './png-chunks.ts'
import { pngChunk } from './write-png.ts'

// Small PNGs for tests, put together chunk by chunk.

const utf8 = (text: string) => new TextEncoder().encode(text)

export const imageChunks = {
  header: headerChunk(1, 1),
  data: pngChunk('IDAT', zlibSync(Uint8Array.of(0, 0x80))),
  end: pngChunk('IEND', new Uint8Array()),
}

/** An IHDR for a greyscale image of this size. */
export function headerChunk(width: number, height: number): Uint8Array {
  return pngChunk('IHDR', concatBytes([uint32(width), uint32(height), Uint8Array.of(8, 0, 0, 0, 0)]))
}

/** A PNG of these chunks, or of an image with these chunks around its data. */
export function png(before: readonly Uint8Array[], after: readonly Uint8Array[] = []): Uint8Array<ArrayBuffer> {
  return pngOf([imageChunks.header, ...before, imageChunks.data, ...after, imageChunks.end])
}

export function pngOf(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concatBytes([pngSignature, ...chunks])
}

/** JSON as the base64 text that card chunks hold. */
export function payload(card: Json): Uint8Array {
  return encodeBase64(utf8(JSON.stringify(card)))
}

export function tEXt(keyword: string, text: Uint8Array): Uint8Array {
  return pngChunk('tEXt', concatBytes([latin1Bytes(`${keyword}\0`), text]))
}

export function zTXt(keyword: string, text: Uint8Array): Uint8Array {
  return pngChunk('zTXt', concatBytes([latin1Bytes(`${keyword}\0\0`), zlibSync(text)]))
}

export function iTXt(keyword: string, text: Uint8Array, compressed = false): Uint8Array {
  const flags = compressed ? '\u0001\0' : '\0\0'
  return pngChunk(
    'iTXt',
    concatBytes([latin1Bytes(`${keyword}\0${flags}de\0`), utf8('Rolle\0'), compressed ? zlibSync(text) : text]),
  )
}
