import type { CardDocument } from '#core/cards/card.ts'
import { cardFields } from '#core/cards/card-fields.ts'
import { storedFile } from '#core/cards/card-file.ts'
import { createFileNames } from '#core/cards/card-file-name.ts'
import type { Character } from '#core/cards/character.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { pictureType } from '#core/cards/picture-info.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { writeCard } from '#core/cards/write-card.ts'
import { createZip } from '#core/cards/write-zip.ts'
import type { FileId } from '#core/ids.ts'
import type { CardDesk } from '#ports/card-desk.ts'
import type { StoragePort } from '#ports/storage.ts'

/** What the files of cards are called by the type of their bytes. */
const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'application/json': 'json',
  'application/yaml': 'yaml',
}

/** Of the archives a card comes in, Backyard's are read into a card that says so. */
function archiveExtension(document: CardDocument): string {
  const found = own(cardFields(document), 'extensions')
  return isObject(found) && own(found, 'backyard') !== undefined ? 'byaf' : 'charx'
}

/** Writes cards into an archive, one after the other, so that never more than one is in memory. */
export function createCardExport(storage: StoragePort): CardDesk['export'] {
  return async (ids, onProgress, signal) => {
    const zip = createZip()
    const nameFile = createFileNames()
    const parts: BlobPart[] = []
    let cards = 0
    for (const [index, id] of ids.entries()) {
      if (signal.aborted) return undefined
      const character = await storage.get('characters', id)
      if (character) {
        const { bytes, extension } = await fileOf(character)
        const file = storedFile(nameFile(viewCard(character.document).name, extension), bytes)
        // As a blob, which the browser may keep on disk.
        parts.push(new Blob([...zip.add(file)]))
        cards += 1
      }
      onProgress(index + 1)
    }
    return { blob: new Blob([...parts, ...zip.end()], { type: 'application/zip' }), cards }
  }

  async function fileOf(character: Character): Promise<{ bytes: Uint8Array; extension: string }> {
    const { document, origin, createdAt, updatedAt, originalId, portraitId } = character
    if (origin === 'imported' && createdAt === updatedAt) {
      const original = await read(originalId)
      if (original) return { bytes: original.bytes, extension: extensions[original.type] ?? archiveExtension(document) }
    }
    const picture = await read(portraitId)
    if (picture && pictureType(picture.bytes) === 'image/png') {
      const written = writeCard({ document, picture: { bytes: picture.bytes, type: 'image/png' } }, 'png')
      return { bytes: written, extension: 'png' }
    }
    return { bytes: writeCard({ document }, 'json-v3'), extension: 'json' }
  }

  async function read(id: FileId | undefined) {
    const file = id && (await storage.get('files', id))
    return file && { bytes: new Uint8Array(await file.blob.arrayBuffer()), type: file.blob.type }
  }
}
