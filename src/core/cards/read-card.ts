import { err, ok, type Result } from '#lib/result.ts'
import { createBudget } from './budget.ts'
import type { CardDocument } from './card.ts'
import type { CardError } from './card-error.ts'
import type { CardFile } from './card-file.ts'
import type { CardPicture } from './card-picture.ts'
import type { CardWarning } from './card-warning.ts'
import { limits } from './limits.ts'
import { type CardSource, type FoundCard, openFile } from './open-file.ts'
import { givenName } from './view-card.ts'

export { type CardError, describeCardError } from './card-error.ts'
export { type CardWarning, describeCardWarning } from './card-warning.ts'

/** A card read from a file. */
export interface ReadCard {
  readonly document: CardDocument
  readonly source: CardSource
  /** The card's picture, when it has one that can be shown: the file itself, or its main icon. */
  readonly picture?: CardPicture
  /** All that travels with the card beside it: assets, and what only other programs understand. Still packed. */
  readonly files: readonly CardFile[]
  readonly warnings: readonly CardWarning[]
}

/** One of the cards in a file, or why it could not be read. */
export interface CardItem {
  /** The file's own name, or that of the card within it. */
  readonly fileName: string
  /** The card's own file: the bytes given, or those of its part of them. */
  readonly bytes: Uint8Array
  readonly result: Result<ReadCard, CardError>
  /** How many there are in the file. */
  readonly count: number
}

/**
 * Reads a character card from the bytes of a file: V1, V2 or V3 as JSON, in a PNG or in a CHARX archive, and what other
 * programs write in JSON, YAML, BYAF, WebP and JPEG. What the file is, its bytes tell; its name only serves a card that
 * has none of its own. Never throws, and its time and memory are bounded (see `limits`); what goes wrong comes back as
 * an error that `describeCardError` puts into a sentence. A file of several cards is an error; see `readCards`.
 */
export function readCard(bytes: Uint8Array, fileName = ''): Result<ReadCard, CardError> {
  const first = readCards(bytes, fileName).next()
  if (first.done) return err({ type: 'unknown-format' })
  const { result, count } = first.value
  return count > 1 ? err({ type: 'several-cards', count }) : result
}

/**
 * Reads all cards of a file: the one it is, those in a list in JSON, or those in a zip archive. Gives at least one item,
 * and each only when it is asked for, so that many large cards are never in memory together.
 */
export function* readCards(bytes: Uint8Array, fileName = ''): Generator<CardItem, void> {
  const refusal = refuseBySize(bytes)
  const opened = refusal ? ({ kind: 'one', card: refusal } as const) : openFile(bytes, fileName, createBudget())
  if (opened.kind === 'one') {
    yield { fileName, bytes, count: 1, result: finish(opened.card, fileName, bytes.length) }
    return
  }
  const count = opened.parts.length
  for (const part of opened.parts) {
    const { bytes: own, card } = part.open()
    yield { fileName: part.fileName, bytes: own, count, result: finish(card, part.fileName, own.length) }
  }
}

function refuseBySize(bytes: Uint8Array): Result<never, CardError> | undefined {
  if (bytes.length === 0) return err({ type: 'empty-file' })
  if (bytes.length <= limits.file) return undefined
  return err({ type: 'file-too-large', bytes: bytes.length, limit: limits.file })
}

function finish(card: Result<FoundCard, CardError>, fileName: string, size: number): Result<ReadCard, CardError> {
  if (!card.ok) return card
  const document = withFallbackName(card.value.document, fileName)
  const warnings = [...card.value.warnings]
  if (document.fallbackName !== undefined) warnings.push({ type: 'missing-name', used: document.fallbackName })
  if (size > limits.largeFile) warnings.push({ type: 'large-file', bytes: size })
  return ok({ ...card.value, document, warnings })
}

/** Remembers a name for a card that has none anywhere: its file's. */
function withFallbackName(document: CardDocument, fileName: string): CardDocument {
  if (givenName(document)) return document
  const base = fileName.replace(/^.*[/\\]/, '').replace(/\.[^.]{1,5}$/, '')
  return { ...document, fallbackName: base.trim().slice(0, 100) || 'Unnamed' }
}
