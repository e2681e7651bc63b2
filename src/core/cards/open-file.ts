import { err, ok, type Result } from '#lib/result.ts'
import { type ArchiveCard, readEntry } from './archive-entry.ts'
import type { Budget } from './budget.ts'
import type { Json } from './card.ts'
import type { CardError } from './card-error.ts'
import type { CardFile } from './card-file.ts'
import type { CardWarning } from './card-warning.ts'
import { isList } from './json-tree.ts'
import { limits } from './limits.ts'
import { readArchive } from './read-archive.ts'
import { readPictureCard } from './read-exif-card.ts'
import { cardFromTree, type JsonCard, type JsonTree, readJsonTree } from './read-json-card.ts'
import { readPngCard } from './read-png-card.ts'
import { readYamlCard } from './read-yaml-card.ts'
import { recogniseJson } from './recognise-json.ts'
import { sniffFormat } from './sniff-format.ts'
import { writeJson } from './write-json.ts'

/** What a card was read from. */
export type CardSource = 'png' | 'jpeg' | 'webp' | 'charx' | 'byaf' | 'json' | 'yaml'

/** A card, and what it was found in. */
export interface FoundCard extends ArchiveCard {
  readonly source: CardSource
}

/** A card of its own within a file of several, read when it is asked for. */
export interface CardPart {
  readonly fileName: string
  readonly open: () => { readonly bytes: Uint8Array; readonly card: Result<FoundCard, CardError> }
}

/** A file is one card, or has several. */
export type OpenedFile =
  | { readonly kind: 'one'; readonly card: Result<FoundCard, CardError> }
  | { readonly kind: 'several'; readonly parts: readonly CardPart[] }

/** Opens a file by what its bytes say it is. `fileName` is only for the names of its parts. */
export function openFile(bytes: Uint8Array, fileName: string, budget: Budget): OpenedFile {
  const format = sniffFormat(bytes)
  switch (format) {
    case 'png':
      return one('png', readPngCard(bytes, budget))
    case 'jpeg':
      return one('jpeg', readPictureCard(bytes, 'JPEG'))
    case 'webp':
      return one('webp', readPictureCard(bytes, 'WebP'))
    case 'json':
      return openJson(bytes, fileName)
    case 'yaml':
      return one('yaml', withoutFiles(readYamlCard(bytes)))
    case 'zip':
      return openArchive(bytes, budget)
    case 'unknown':
      return refused({ type: 'unknown-format' })
    default:
      return refused({ type: 'unsupported-format', format })
  }
}

function one(source: CardSource, card: Result<ArchiveCard, CardError>): OpenedFile {
  return { kind: 'one', card: card.ok ? ok({ ...card.value, source }) : card }
}

function refused(error: CardError): OpenedFile {
  return { kind: 'one', card: err(error) }
}

function withoutFiles(card: Result<JsonCard, CardError>): Result<ArchiveCard, CardError> {
  return card.ok ? ok({ ...card.value, files: [] }) : card
}

function openJson(bytes: Uint8Array, fileName: string): OpenedFile {
  const tree = readJsonTree(bytes)
  if (!tree.ok) return refused(tree.error)
  const { value, warnings } = tree.value
  if (!isList(value) || value.length < 2 || recogniseJson(value).kind !== 'several') {
    return one('json', withoutFiles(cardFromTree(tree.value)))
  }
  const parts = value.map((item, index) =>
    jsonPart(item, `${fileName.replace(/\.json$/i, '')} ${index + 1}.json`, warnings),
  )
  return several(parts)
}

function jsonPart(value: Json, fileName: string, warnings: JsonTree['warnings']): CardPart {
  return {
    fileName,
    open: () => {
      const card = withoutFiles(cardFromTree({ value, warnings }))
      return {
        bytes: new TextEncoder().encode(writeJson(value, 'indented')),
        card: card.ok ? ok({ ...card.value, source: 'json' }) : card,
      }
    },
  }
}

function openArchive(bytes: Uint8Array, budget: Budget): OpenedFile {
  const archive = readArchive(bytes, budget)
  switch (archive.kind) {
    case 'refused':
      return refused(archive.error)
    case 'batch':
      return several(archive.files.map((file, index) => archivePart(file, index === 0 ? archive.warnings : [], budget)))
    default:
      return one(archive.kind, archive.card)
  }
}

function several(parts: readonly CardPart[]): OpenedFile {
  const limit = limits.zipEntries
  return parts.length > limit
    ? refused({ type: 'too-many-cards', count: parts.length, limit })
    : { kind: 'several', parts }
}

/** A file in an archive, which may be an archive, but no further pile of cards: this is as deep as it goes. */
function archivePart(file: CardFile, warnings: readonly CardWarning[], budget: Budget): CardPart {
  return {
    fileName: file.path,
    open: () => {
      const entry = readEntry(file, budget)
      if (!entry.ok) return { bytes: new Uint8Array(), card: entry }
      const { bytes } = entry.value
      const opened = openFile(bytes, file.path, budget)
      if (opened.kind === 'several') return { bytes, card: err({ type: 'several-cards', count: opened.parts.length }) }
      const { card } = opened
      const before = [...warnings, ...entry.value.warnings]
      return { bytes, card: card.ok ? ok({ ...card.value, warnings: [...before, ...card.value.warnings] }) : card }
    },
  }
}
