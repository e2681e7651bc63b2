import { hasBytesAt, latin1Bytes, latin1Text, readUint32 } from '#lib/bytes.ts'
import type { TextChunkPlace } from './card-place.ts'
import { limits } from './limits.ts'

/** A text chunk under one of the keywords that cards are kept under. */
export interface CardChunk extends TextChunkPlace {
  readonly data: Uint8Array
  /** Behind its checksum, or the end of the file when that comes first. */
  readonly end: number
  /** True when the file ends before the chunk does. */
  readonly cutOff: boolean
}

const textKinds = ['tEXt', 'zTXt', 'iTXt'] as const
const cardKeywords = new Set(['ccv3', 'chara'])

/** The chunk as a card chunk, when it is a text chunk with a card's keyword in upper or lower case. */
export function cardChunk(type: string, offset: number, data: Uint8Array, end: number): CardChunk | undefined {
  const kind = textKinds.find((textKind) => textKind === type)
  const keyword = kind && readKeyword(data)
  if (!keyword || !cardKeywords.has(keyword)) return undefined
  return { kind, keyword, offset, data, end, cutOff: false }
}

/** A text chunk's keyword in lower case: up to 79 bytes of Latin-1, then NUL. */
export function readKeyword(data: Uint8Array): string | undefined {
  const end = data.subarray(0, 80).indexOf(0)
  return end > 0 ? latin1Text(data.subarray(0, end)).toLowerCase() : undefined
}

/** An asset of a card in a text chunk: what its address says behind `__asset:`, and its bytes in base64. */
export interface AssetChunk {
  readonly label: string
  readonly data: Uint8Array
}

/** A tEXt chunk as an asset, when its keyword says so in either of two spellings. */
export function assetChunk(data: Uint8Array): AssetChunk | undefined {
  const label = /^chara-ext-asset_:?(.+)$/.exec(readKeyword(data) ?? '')?.[1]
  return label === undefined ? undefined : { label, data: data.subarray(data.indexOf(0) + 1) }
}

const typesAsBytes = textKinds.map((kind) => [kind, latin1Bytes(kind)] as const)

/**
 * Looks for card chunks by their type and keyword in a stretch whose structure is lost: a picture damaged half way
 * leaves the card behind it intact more often than not. Stops after as many as are ever read.
 */
export function findStrayCardChunks(bytes: Uint8Array, from: number): CardChunk[] {
  const found: CardChunk[] = []
  for (let at = from; at + 12 < bytes.length && found.length < limits.cardChunks; at++) {
    // All three types end in "Xt"; two comparisons pass over nearly every byte.
    if (bytes[at + 7] !== 0x74 || bytes[at + 6] !== 0x58) continue
    const kind = typesAsBytes.find(([, type]) => hasBytesAt(bytes, at + 4, type))?.[0]
    if (!kind) continue
    const end = at + 12 + readUint32(bytes, at)
    const cutOff = end > bytes.length
    const chunk = cardChunk(
      kind,
      at,
      bytes.subarray(at + 8, cutOff ? bytes.length : end - 4),
      Math.min(end, bytes.length),
    )
    if (!chunk) continue
    found.push({ ...chunk, cutOff })
    if (!cutOff) at = end - 1
  }
  return found
}
