import { exhaustive } from '#lib/exhaustive.ts'
import type { CardDocument } from './card.ts'
import type { CardFile } from './card-file.ts'
import type { CardPicture } from './card-picture.ts'
import { plainPicture } from './plain-picture.ts'
import { toV2, toV3 } from './project-card.ts'
import { writeCharx } from './write-charx.ts'
import { writeJson } from './write-json.ts'
import { writePng } from './write-png.ts'

/** What a card can be written as. */
export type CardFormat = 'json-v2' | 'json-v3' | 'png' | 'charx'

/** A card to be written. Without a picture, a PNG gets a plain grey one. */
export interface WritableCard {
  readonly document: CardDocument
  readonly picture?: CardPicture
  /** What came with the card; only CHARX can carry it. */
  readonly files?: readonly CardFile[]
}

/**
 * Writes a card. Fields nobody edited come out as they went in, known or not; the picture is never re-encoded. An
 * unedited card is best given away as the file it came from. Throws a TypeError when it is to be a PNG and the
 * picture is none.
 */
export function writeCard({ document, picture, files }: WritableCard, format: CardFormat): Uint8Array {
  const encode = (text: string) => new TextEncoder().encode(text)
  switch (format) {
    case 'json-v2':
      return encode(writeJson(toV2(document), 'indented'))
    case 'json-v3':
      return encode(writeJson(toV3(document), 'indented'))
    case 'png':
      return writePng(
        picture?.bytes ?? plainPicture(),
        encode(writeJson(toV2(document))),
        encode(writeJson(toV3(document))),
      )
    case 'charx':
      return writeCharx(document, picture, files ?? [])
    default:
      return exhaustive(format)
  }
}
