import { pictureType } from '#core/cards/picture-info.ts'
import { type CardItem, type ReadCard, readCards } from '#core/cards/read-card.ts'
import type { CardFileItem, CardToKeep } from '#ports/card-reader.ts'
import { canDraw, lookAtPicture } from '../look-at-picture.ts'

/** Reads the cards in a file, in the thread it is called in. */
export async function* readCardFile(file: Blob, fileName: string): AsyncGenerator<CardFileItem, void> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  for (const item of readCards(bytes, fileName)) yield toKeep(item)
}

async function toKeep({ fileName, bytes, result }: CardItem): Promise<CardFileItem> {
  return { fileName, card: result.ok ? { ok: true, value: await keep(result.value, bytes) } : result }
}

async function keep({ document, warnings, source, picture }: ReadCard, bytes: Uint8Array): Promise<CardToKeep> {
  const original = blob(bytes, pictureType(bytes) ?? mediaTypes[source])
  const ownPortrait = picture && picture.bytes !== bytes ? blob(picture.bytes, picture.type) : undefined
  return {
    document,
    warnings,
    original,
    ...(picture ? { portrait: ownPortrait ?? 'original' } : {}),
    ...(picture && canDraw() ? { look: await lookAtPicture(ownPortrait ?? original) } : {}),
  }
}

const mediaTypes: Record<ReadCard['source'], string> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  charx: 'application/zip',
  byaf: 'application/zip',
  json: 'application/json',
  yaml: 'application/yaml',
}

function blob(bytes: Uint8Array, type: string): Blob {
  // Nothing here lies in memory that is shared between threads, which the type can't say.
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type })
}
