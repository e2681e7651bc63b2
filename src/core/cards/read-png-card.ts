import { decodeBase64 } from '#lib/base64.ts'
import { latin1Text } from '#lib/bytes.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { ArchiveCard } from './archive-entry.ts'
import { assetWarnings } from './asset-warnings.ts'
import type { Budget } from './budget.ts'
import type { CardDocument } from './card.ts'
import type { CardError } from './card-error.ts'
import { cardFields } from './card-fields.ts'
import { type CardFile, storedFile } from './card-file.ts'
import type { TextChunkPlace } from './card-place.ts'
import type { CardWarning } from './card-warning.ts'
import { findAssets } from './find-asset.ts'
import { inflate } from './inflate.ts'
import { jsonEqual, own } from './json-tree.ts'
import { limits } from './limits.ts'
import { isOversized } from './picture-info.ts'
import { hasSoundChecksum } from './png-chunks.ts'
import type { CardChunk } from './png-text.ts'
import { readExifCard } from './read-exif-card.ts'
import { type JsonCard, readJsonCard } from './read-json-card.ts'
import { type PngScan, scanPng } from './scan-png.ts'
import { trimBytes } from './trim-bytes.ts'

/**
 * Reads the card in a PNG (or APNG): text chunks of all three kinds, before and after the image data. `ccv3` goes before
 * `chara`, and of several under one keyword the first that can be read; without any, the one in its EXIF data. A damaged
 * picture does not cost the card.
 */
export function readPngCard(bytes: Uint8Array, whole: Budget): Result<ArchiveCard, CardError> {
  const scan = scanPng(bytes)
  const ordered = [
    ...scan.cardChunks.filter(({ keyword }) => keyword === 'ccv3'),
    ...scan.cardChunks.filter(({ keyword }) => keyword === 'chara'),
  ].slice(0, limits.cardChunks)

  const budget: Budget = { bytes: Math.min(limits.inflated, whole.bytes) }
  const allowed = budget.bytes
  const failures: CardError[] = []
  const rivals: { chunk: CardChunk; document: CardDocument }[] = []
  let chosen: JsonCard | undefined
  for (const chunk of ordered) {
    const card = readChunk(bytes, chunk, budget)
    if (!card.ok) failures.push(card.error)
    else if (chosen) rivals.push({ chunk, document: card.value.document })
    else chosen = card.value
  }
  whole.bytes -= allowed - budget.bytes
  if (!chosen && scan.exif && failures.length === 0) {
    const card = readExifCard(scan.exif)
    if (card && !card.ok) return card
    chosen = card?.value
  }
  if (!chosen) return err(failures[0] ?? noCard(scan))

  const { document } = chosen
  const picture = pictureWarning(scan)
  const files = readAssets(scan)
  const isUsable = scan.size && scan.hasImage && scan.damage?.problem !== 'signature' && !isOversized(scan.size)
  return ok({
    document,
    files,
    ...(isUsable ? { picture: { bytes, type: 'image/png' } } : {}),
    warnings: [
      ...chosen.warnings,
      ...failures.map((error) => ({ type: 'skipped-chunk', error }) as const),
      ...rivals
        .filter((rival) => sayDifferent(document, rival.document))
        .map((rival) => ({ type: 'other-card', name: nameOf(rival.document), chunk: place(rival.chunk) }) as const),
      ...(picture ? [picture] : []),
      ...assetWarnings(findAssets(document, files)),
    ],
  })
}

function noCard({ novelAi }: PngScan): CardError {
  return novelAi ? { type: 'unsupported-format', format: 'novelai-png' } : { type: 'no-card-inside', container: 'PNG' }
}

/** The assets in a PNG's text chunks, under the address that the card has for them. */
function readAssets({ assetChunks }: PngScan): CardFile[] {
  return assetChunks.slice(0, limits.zipEntries).flatMap(({ label, data }) => {
    const decoded = data.length > limits.textChunk ? undefined : decodeBase64(trimBytes(data))
    return decoded?.ok ? [storedFile(`__asset:${label}`, decoded.value)] : []
  })
}

function pictureWarning(scan: PngScan): CardWarning | undefined {
  if (scan.size && isOversized(scan.size)) return { type: 'oversized-picture', ...scan.size }
  return scan.damage && { type: 'damaged-picture', ...scan.damage }
}

function readChunk(file: Uint8Array, chunk: CardChunk, budget: Budget): Result<JsonCard, CardError> {
  if (chunk.cutOff) return err({ type: 'cut-off', chunk: place(chunk) })
  const payload = readPayload(chunk, budget)
  if (!payload.ok) return payload
  const card = readJsonCard(payload.value.json, payload.value.orLatin1)
  if (!card.ok) return err(inChunk(card.error, chunk))
  if (hasSoundChecksum(file, chunk)) return card
  return ok({ ...card.value, warnings: [...card.value.warnings, { type: 'bad-checksum', chunk: place(chunk) }] })
}

function inChunk(error: CardError, chunk: CardChunk): CardError {
  return { ...error, chunk: place(chunk) } as CardError
}

/** The JSON in a text chunk: as it is, or in base64. */
function readPayload(chunk: CardChunk, budget: Budget): Result<{ json: Uint8Array; orLatin1: boolean }, CardError> {
  if (chunk.data.length > limits.textChunk) {
    return err({ type: 'chunk-too-large', limit: limits.textChunk, inflated: false, chunk: place(chunk) })
  }
  const content = readContent(chunk, budget)
  if (!content.ok) return content
  const text = trimBytes(content.value)
  if (isJsonStart(text[0])) return ok({ json: text, orLatin1: chunk.kind === 'tEXt' })
  if (latin1Text(text.subarray(0, 5)) === 'rcc||') return err({ type: 'encrypted-card', chunk: place(chunk) })
  const decoded = decodeBase64(text)
  if (!decoded.ok || decoded.value.length === 0) {
    const at = decoded.ok ? 0 : decoded.offset
    return err({ type: 'undecodable-chunk', coding: 'base64', at, chunk: place(chunk) })
  }
  return ok({ json: decoded.value, orLatin1: false })
}

/** The text of a chunk, inflated: what stands behind the keyword, and in iTXt behind language and translation too. */
function readContent(chunk: CardChunk, budget: Budget): Result<Uint8Array, CardError> {
  const { data, kind } = chunk
  const afterKeyword = data.indexOf(0) + 1
  if (kind === 'tEXt') return ok(data.subarray(afterKeyword))
  if (kind === 'zTXt') return inflateChunk(chunk, data[afterKeyword], data.subarray(afterKeyword + 1), budget)
  const language = afterKeyword + 2
  const translation = data.indexOf(0, language) + 1
  const text = data.indexOf(0, translation) + 1
  if (translation === 0 || text === 0) return err({ type: 'cut-off', chunk: place(chunk) })
  return data[afterKeyword] === 1
    ? inflateChunk(chunk, data[afterKeyword + 1], data.subarray(text), budget)
    : ok(data.subarray(text))
}

function inflateChunk(
  chunk: CardChunk,
  method: number | undefined,
  zlib: Uint8Array,
  budget: Budget,
): Result<Uint8Array, CardError> {
  const inflated = method === 0 ? inflate(zlib, budget.bytes) : err('damaged' as const)
  if (inflated.ok) {
    budget.bytes -= inflated.value.length
    return inflated
  }
  if (inflated.error === 'damaged') {
    return err({ type: 'undecodable-chunk', coding: 'compression', chunk: place(chunk) })
  }
  budget.bytes = 0
  return err({ type: 'chunk-too-large', limit: limits.inflated, inflated: true, chunk: place(chunk) })
}

function place({ kind, keyword, offset }: CardChunk): TextChunkPlace {
  return { kind, keyword, offset }
}

/** True when two cards differ in more than one field they both have, or in their name: not two spellings of one. */
function sayDifferent(chosen: CardDocument, rival: CardDocument): boolean {
  const [left, right] = [cardFields(chosen), cardFields(rival)]
  const shared = Object.keys(left).filter((key) => Object.hasOwn(right, key))
  const differing = shared.filter((key) => !jsonEqual(own(left, key), own(right, key)))
  return differing.length > 1 || differing.includes('name')
}

function nameOf(document: CardDocument): string {
  const name = own(cardFields(document), 'name')
  return typeof name === 'string' ? name : ''
}

function isJsonStart(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b || byte === 0x22 || byte === 0xef
}
