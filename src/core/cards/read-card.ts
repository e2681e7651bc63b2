import { err, ok, type Result } from '#lib/result.ts'
import type { CardDocument } from './card.ts'
import type { CardError } from './card-error.ts'
import type { CardWarning } from './card-warning.ts'
import { limits } from './limits.ts'
import { type JsonCard, readJsonCard } from './read-json-card.ts'
import { type PngCard, readPngCard } from './read-png-card.ts'
import { sniffFormat } from './sniff-format.ts'
import { givenName } from './view-card.ts'

export { type CardError, describeCardError } from './card-error.ts'
export { type CardWarning, describeCardWarning } from './card-warning.ts'

/** A picture as it came. */
export interface CardPicture {
  readonly bytes: Uint8Array
  readonly type: 'image/png'
}

/** A card read from a file. */
export interface ReadCard {
  readonly document: CardDocument
  /** The file itself, when it is a PNG that can be shown; its header was checked, its pixels were not decoded. */
  readonly picture?: CardPicture
  readonly warnings: readonly CardWarning[]
}

/**
 * Reads a character card from the bytes of a file: V1, V2 or V3, as JSON or in a PNG. What the file is, its bytes tell;
 * its name only serves a card that has none of its own. Never throws, and its time and memory are bounded (see
 * `limits`); what goes wrong comes back as an error that `describeCardError` puts into a sentence.
 */
export function readCard(bytes: Uint8Array, fileName?: string): Result<ReadCard, CardError> {
  if (bytes.length === 0) return err({ type: 'empty-file' })
  if (bytes.length > limits.file) return err({ type: 'file-too-large', bytes: bytes.length, limit: limits.file })
  const card = readByFormat(bytes)
  if (!card.ok) return card
  const document = withFallbackName(card.value.document, fileName)
  const warnings = [...card.value.warnings]
  if (document.fallbackName !== undefined) warnings.push({ type: 'missing-name', used: document.fallbackName })
  if (bytes.length > limits.largeFile) warnings.push({ type: 'large-file', bytes: bytes.length })
  return ok({
    document,
    warnings,
    ...('pictureUsable' in card.value && card.value.pictureUsable ? { picture: { bytes, type: 'image/png' } } : {}),
  })
}

function readByFormat(bytes: Uint8Array): Result<JsonCard | PngCard, CardError> {
  const format = sniffFormat(bytes)
  switch (format) {
    case 'png':
      return readPngCard(bytes)
    case 'json':
      return readJsonCard(bytes)
    case 'unknown':
      return err({ type: 'unknown-format' })
    default:
      return err({ type: 'unsupported-format', format })
  }
}

/** Remembers a name for a card that has none anywhere: its file's. */
function withFallbackName(document: CardDocument, fileName: string | undefined): CardDocument {
  if (givenName(document)) return document
  const base = (fileName ?? '').replace(/^.*[/\\]/, '').replace(/\.[^.]{1,5}$/, '')
  return { ...document, fallbackName: base.trim().slice(0, 100) || 'Unnamed' }
}
