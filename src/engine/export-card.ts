import type { CardDocument } from '#core/cards/card.ts'
import { createFileNames } from '#core/cards/card-file-name.ts'
import { type CardPicture, checkPicture } from '#core/cards/card-picture.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { type CardFormat, writeCard } from '#core/cards/write-card.ts'
import type { CharacterId } from '#core/ids.ts'
import type { StoragePort } from '#ports/storage.ts'
import { readCardFiles } from './read-card-files.ts'

/** A card as a file. */
export interface ExportedCard {
  readonly blob: Blob
  readonly fileName: string
}

/** Writes the card of a character, as it stands on the page, as a file that bears its name. */
export type CardExport = (characterId: CharacterId, document: CardDocument, format: CardFormat) => Promise<ExportedCard>

const kinds: Readonly<Record<CardFormat, { readonly extension: string; readonly type: string }>> = {
  png: { extension: 'png', type: 'image/png' },
  'json-v2': { extension: 'json', type: 'application/json' },
  'json-v3': { extension: 'json', type: 'application/json' },
  charx: { extension: 'charx', type: 'application/zip' },
}

/** @param toPng draws a picture anew as a PNG, where it can be shown. */
export function createCardExport(
  storage: StoragePort,
  toPng: (picture: Blob) => Promise<Blob | undefined>,
): CardExport {
  return async (characterId, document, format) => {
    const character = await storage.get('characters', characterId)
    if (!character) throw new Error(`No character ${characterId}`)
    const { portraitId } = character
    const isText = format === 'json-v2' || format === 'json-v3'
    const blob = portraitId && !isText ? (await storage.get('files', portraitId))?.blob : undefined
    const picture = blob && (await pictureFor(format, blob))
    const files = format === 'charx' ? await readCardFiles(storage, character) : []
    const bytes = writeCard({ document, files, ...(picture && { picture }) }, format)
    const { extension, type } = kinds[format]
    return {
      // Nothing here lies in memory that is shared between threads, which the type can't say.
      blob: new Blob([bytes as Uint8Array<ArrayBuffer>], { type }),
      fileName: createFileNames()(viewCard(document).name, extension),
    }
  }

  /** Only a PNG can hold a card; others are drawn anew for it, and so are drawings, which no card program reads. */
  async function pictureFor(format: CardFormat, blob: Blob): Promise<CardPicture | undefined> {
    const picture = await read(blob)
    if (picture && (format !== 'png' || picture.type === 'image/png')) return picture
    const drawn = await toPng(blob)
    return drawn && read(drawn)
  }
}

async function read(blob: Blob): Promise<CardPicture | undefined> {
  const checked = checkPicture(new Uint8Array(await blob.arrayBuffer()))
  return checked.ok ? checked.value : undefined
}
