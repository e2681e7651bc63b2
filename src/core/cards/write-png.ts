import { encodeBase64 } from '#lib/base64.ts'
import { concatBytes, hasBytesAt, latin1Bytes, uint32 } from '#lib/bytes.ts'
import { crc32 } from '#lib/crc32.ts'
import { type PngChunk, pngSignature, structureLostFrom, walkChunks } from './png-chunks.ts'
import { cardChunk, findStrayCardChunks } from './png-text.ts'

/** A chunk, whole: length, type, data, checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const typeAndData = concatBytes([latin1Bytes(type), data])
  return concatBytes([uint32(data.length), typeAndData, uint32(crc32(typeAndData))])
}

/**
 * The picture with a card in it, and no other card: every card chunk is cut out, all other bytes stay as they were,
 * and the new chunks follow the header. They stand before the image, since some readers stop there, and V2 before V3,
 * since some take the first text chunk for a V2 card. Throws a TypeError when the picture is no PNG.
 */
export function writePng(picture: Uint8Array, v2Json: Uint8Array, v3Json: Uint8Array): Uint8Array<ArrayBuffer> {
  if (!hasBytesAt(picture, 0, pngSignature)) throw new TypeError('A card can only be put into a PNG')
  const kept: Uint8Array[] = []
  let at = 0
  const cut = (from: number, to: number) => {
    kept.push(picture.subarray(at, from))
    at = to
  }
  let last: PngChunk | undefined
  const chunks = walkChunks(picture, pngSignature.length)
  let step = chunks.next()
  for (; !step.done; step = chunks.next()) {
    const { type, offset, data, end } = step.value
    if (offset === pngSignature.length) {
      if (type !== 'IHDR') break
      cut(end, end)
      kept.push(textChunk('chara', v2Json), textChunk('ccv3', v3Json))
    } else if (cardChunk(type, offset, data, end)) cut(offset, end)
    last = step.value
  }
  if (kept.length === 0) throw new TypeError('A card can only be put into a PNG')
  const lostFrom = step.done ? structureLostFrom(picture, last, step.value) : undefined
  if (lostFrom !== undefined) {
    for (const stray of findStrayCardChunks(picture, Math.max(at, lostFrom))) cut(stray.offset, stray.end)
  }
  kept.push(picture.subarray(at))
  if (step.done && step.value.reason === 'end-of-file') kept.push(pngChunk('IEND', new Uint8Array()))
  return concatBytes(kept)
}

function textChunk(keyword: string, json: Uint8Array): Uint8Array {
  return pngChunk('tEXt', concatBytes([latin1Bytes(`${keyword}\0`), encodeBase64(json)]))
}
