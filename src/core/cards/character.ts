import type { CardDocument } from '#core/cards/card.ts'
import type { CharacterId, FileId, LorebookId, PersonaId } from '#core/ids.ts'
import type { ModelChoice } from '#core/model-choice.ts'

/** A file that goes with a card. */
export interface AddedFile {
  /** Its name in an archive. */
  readonly path: string
  readonly fileId: FileId
}

/** A character in the library: a card, its pictures, and what only this library knows of it. */
export interface Character {
  readonly id: CharacterId
  readonly document: CardDocument
  /** The picture shown, as it came. */
  readonly portraitId?: FileId
  /** The picture in small, for lists; the picture itself where that is small enough, or can't be drawn. */
  readonly thumbnailId?: FileId
  /** The whole picture that the portrait was cut from. */
  readonly portraitSourceId?: FileId
  /** The file the card was imported from, byte for byte. */
  readonly originalId?: FileId
  /** Files that were added to the card here, beside those in its original. Nothing is taken out: versions may name it. */
  readonly files?: readonly AddedFile[]
  /** Hue of the portrait in OKLCH degrees; its accent colours are made from it. */
  readonly hue: number
  readonly origin: 'bundled' | 'imported' | 'authored'
  /** Books of the library that are this character's knowledge. */
  readonly lorebookIds?: readonly LorebookId[]
  /** For bundled characters: the folder under `characters/`. */
  readonly slug?: string
  readonly isFavourite?: true
  /** The folder the reader keeps it in. */
  readonly folder?: string
  /** The reader's own tags, beside the card's. */
  readonly tags?: readonly string[]
  /** Whom the reader plays in new chats with this character. */
  readonly personaId?: PersonaId
  /** Which model plays it, where the reader chose one. */
  readonly model?: ModelChoice
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly deletedAt?: number
}
