import { exhaustive } from '#lib/exhaustive.ts'
import type { CardDocument } from './card.ts'
import { plainPicture } from './plain-picture.ts'
import { toV2, toV3 } from './project-card.ts'
import type { CardPicture } from './read-card.ts'
import { writeCharx } from './write-charx.ts'
import { writeJson } from './write-json.ts'
import { writePng } from './write-png.ts'

/** What a card can be written as. */
export type CardFormat = 'json-v2' | 'json-v3' | 'png' | 'charx'

/** A card to be written. Without a picture, a PNG gets a plain grey one. */
export interface WritableCard {
  readonly document: CardDocument
  readonly picture?: CardPicture
}

/**
 * Writes a card. Fields nobody edited come out as they went in, known or not; the picture is never re-encoded. An
 * unedited card is best given away as the file it came from. Throws a TypeError when the picture is no PNG.
 */
export function writeCard({ document, picture }: WritableCard, format: CardFormat): Uint8Array {
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
      return writeCharx(document, picture?.bytes)
    default:
      return exhaustive(format)
  }
}
