import { hasBytesAt, readUint32 } from '#lib/bytes.ts'
import type { PictureDamage } from './card-warning.ts'
import { limits } from './limits.ts'
import {
  firstChunkOffset,
  hasSoundChecksum,
  type PngChunk,
  pngSignature,
  structureLostFrom,
  walkChunks,
} from './png-chunks.ts'
import { type AssetChunk, assetChunk, type CardChunk, cardChunk, findStrayCardChunks, readKeyword } from './png-text.ts'

/** What there is in a PNG, as far as cards go. */
export interface PngScan {
  /** In the order of the file; no more than are ever read. */
  readonly cardChunks: readonly CardChunk[]
  /** The size its header claims, in pixels. Absent when the header makes no sense. */
  readonly size?: { readonly width: number; readonly height: number }
  readonly hasImage: boolean
  /** The first thing wrong with the picture, and where. */
  readonly damage?: { readonly problem: PictureDamage; readonly offset: number }
  /** Text chunks that hold a card's assets, as RisuAI wrote them before it had archives. */
  readonly assetChunks: readonly AssetChunk[]
  /** EXIF data, where Backyard kept its cards. */
  readonly exif?: Uint8Array
  /** What NovelAI keeps its lorebooks in, in base64. */
  readonly novelAi?: Uint8Array
}

/** Walks over a PNG once, whatever its state. */
export function scanPng(bytes: Uint8Array): PngScan {
  const cardChunks: CardChunk[] = []
  let size: PngScan['size']
  let hasImage = false
  let damage: PngScan['damage']
  let exif: PngScan['exif']
  let novelAi: PngScan['novelAi']
  const assetChunks: AssetChunk[] = []
  let last: PngChunk | undefined

  const start = firstChunkOffset(bytes) ?? pngSignature.length
  if (!hasBytesAt(bytes, 0, pngSignature)) damage = { problem: 'signature', offset: 0 }
  const chunks = walkChunks(bytes, start)
  let step = chunks.next()
  for (; !step.done; step = chunks.next()) {
    const chunk = step.value
    if (chunk.offset === start) {
      size = readSize(chunk)
      if (!size) damage ??= { problem: 'header', offset: start }
    }
    if (chunk.type === 'IDAT') hasImage = true
    if (chunk.type === 'eXIf') exif ??= chunk.data
    if (chunk.type === 'tEXt') {
      if (readKeyword(chunk.data) === 'naidata') novelAi ??= chunk.data.subarray(chunk.data.indexOf(0) + 1)
      const asset = assetChunk(chunk.data)
      if (asset) assetChunks.push(asset)
    }
    const card = cardChunk(chunk.type, chunk.offset, chunk.data, chunk.end)
    if (card && cardChunks.length < limits.cardChunks) cardChunks.push(card)
    if (!card && !hasSoundChecksum(bytes, chunk)) damage ??= { problem: 'checksum', offset: chunk.offset }
    last = chunk
  }

  const { reason, offset } = step.value
  const lostFrom = structureLostFrom(bytes, last, step.value)
  if (lostFrom !== undefined) {
    damage ??= { problem: reason === 'cut-off' ? 'cut-off' : 'broken-chunk', offset }
    cardChunks.push(...findStrayCardChunks(bytes, lostFrom))
  } else if (reason === 'end-of-file') damage ??= { problem: 'no-end', offset }
  if (!hasImage) damage ??= { problem: 'no-image', offset }
  return {
    cardChunks,
    assetChunks,
    hasImage,
    ...(size ? { size } : {}),
    ...(damage ? { damage } : {}),
    ...(exif ? { exif } : {}),
    ...(novelAi ? { novelAi } : {}),
  }
}

function readSize({ type, data }: PngChunk): PngScan['size'] {
  if (type !== 'IHDR' || data.length !== 13) return undefined
  const width = readUint32(data, 0)
  const height = readUint32(data, 4)
  return width > 0 && height > 0 ? { width, height } : undefined
}
