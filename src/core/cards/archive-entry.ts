import { err, ok, type Result } from '#lib/result.ts'
import type { Budget } from './budget.ts'
import type { CardError } from './card-error.ts'
import { type CardFile, unpackFile } from './card-file.ts'
import type { CardPicture } from './card-picture.ts'
import type { CardWarning } from './card-warning.ts'
import { limits } from './limits.ts'
import { type JsonCard, type JsonTree, readJsonTree } from './read-json-card.ts'

/** A card that comes with files of its own. */
export interface ArchiveCard extends JsonCard {
  readonly picture?: CardPicture
  readonly files: readonly CardFile[]
}

/** The bytes of an entry that must be there, and whether its checksum was right. */
export function readEntry(
  file: CardFile,
  budget: Budget,
): Result<{ bytes: Uint8Array; warnings: readonly CardWarning[] }, CardError> {
  const unpacked = unpackFile(file, budget)
  if (!unpacked.ok) return err({ type: 'unreadable-entry', path: file.path, problem: unpacked.error })
  const { bytes, isSound } = unpacked.value
  return ok({ bytes, warnings: isSound ? [] : [{ type: 'bad-entry-checksum', path: file.path }] })
}

/** The JSON in an entry. */
export function readJsonEntry(file: CardFile, budget: Budget): Result<JsonTree, CardError> {
  const isBomb = file.size > limits.json || file.size > file.packed.length * limits.cardRatio + limits.cardAtAnyRatio
  if (isBomb) return err({ type: 'unreadable-entry', path: file.path, problem: 'too-large' })
  const entry = readEntry(file, budget)
  if (!entry.ok) return entry
  const tree = readJsonTree(entry.value.bytes)
  return tree.ok ? ok({ value: tree.value.value, warnings: [...entry.value.warnings, ...tree.value.warnings] }) : tree
}
