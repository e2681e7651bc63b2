import { zlibSync } from 'fflate'
import { concatBytes, uint32 } from '#lib/bytes.ts'
import { pngSignature } from './png-chunks.ts'
import { pngChunk } from './write-png.ts'

const width = 400
const height = 600
const grey = 0x9a

/** A plain grey PNG, 400 × 600: what a card without a portrait travels in. */
export function plainPicture(): Uint8Array<ArrayBuffer> {
  // Eight bits a pixel, greyscale, no interlacing; each row begins with its filter, which is none.
  const header = concatBytes([uint32(width), uint32(height), Uint8Array.of(8, 0, 0, 0, 0)])
  const rows = new Uint8Array((width + 1) * height).fill(grey)
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0
  return concatBytes([
    pngSignature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', zlibSync(rows)),
    pngChunk('IEND', new Uint8Array()),
  ])
}
