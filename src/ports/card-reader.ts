import type { CardDocument } from '#core/cards/card.ts'
import type { CardError } from '#core/cards/card-error.ts'
import type { CardWarning } from '#core/cards/card-warning.ts'
import type { Result } from '#lib/result.ts'

/** What a list needs of a picture. */
export interface PictureLook {
  /** OKLCH degrees. */
  readonly hue: number
  /** The picture in small; absent where it is small enough itself, or can't be drawn. */
  readonly thumbnail?: Blob
}

/** Looks at a picture. Never fails: of one that can't be drawn there is no thumbnail. */
export type LookAtPicture = (picture: Blob) => Promise<PictureLook>

/** A card with what the library keeps of it. */
export interface CardToKeep {
  readonly document: CardDocument
  readonly warnings: readonly CardWarning[]
  /** The card's own file, byte for byte. */
  readonly original: Blob
  /** Its picture: a file of its own, or the original itself. */
  readonly portrait?: Blob | 'original'
  /** How the picture looks, where whoever read the card could see it. */
  readonly look?: PictureLook
}

/** One of the cards in a file, or why it could not be read. */
export interface CardFileItem {
  readonly fileName: string
  readonly card: Result<CardToKeep, CardError>
}

/**
 * Reads the cards in a file, one at a time as they are asked for. Throws a DOMException when the file itself can't be
 * read: a folder, or a file that was moved away meanwhile.
 */
export type ReadCardFile = (file: Blob, fileName: string) => AsyncIterable<CardFileItem>
