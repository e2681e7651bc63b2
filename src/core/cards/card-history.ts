import type { CharacterId, FileId } from '#core/ids.ts'
import type { CardDocument } from './card.ts'

/** A card as it once was. */
export interface CardVersion {
  /** Unique among the versions of a card. */
  readonly id: string
  readonly document: CardDocument
  /** Its pictures and its file, where the card has others now. */
  readonly portraitId?: FileId
  readonly originalId?: FileId
  /** What its author calls it. */
  readonly name?: string
  /** Unix milliseconds. */
  readonly createdAt: number
}

/** What a card was before, oldest first. The card itself is not among them. */
export interface CardHistory {
  readonly characterId: CharacterId
  readonly versions: readonly CardVersion[]
}
