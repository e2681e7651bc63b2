import type { CharacterId, FileId } from '#core/ids.ts'
import type { CardDocument } from './card.ts'
import type { Character } from './character.ts'
import { isSameCard } from './same-card.ts'

/** A card as it once was. */
export interface CardVersion {
  /** Unique among the versions of a card. */
  readonly id: string
  readonly document: CardDocument
  /** Its picture and its file, where they are known. */
  readonly portraitId?: FileId
  readonly originalId?: FileId
  /** The hue of its picture, which can't be seen anew of every picture. */
  readonly hue?: number
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

/** So many versions without a name are kept; named ones are not counted, and stay. */
const mostUnnamed = 100

/**
 * The history with one version more, at its end. A version without a name that says what the latest one says is none;
 * of unnamed ones the oldest give way.
 */
export function withVersion(
  history: CardHistory | undefined,
  characterId: CharacterId,
  version: CardVersion,
): CardHistory {
  const versions = history?.versions ?? []
  const latest = versions.at(-1)
  const isKnown =
    version.name === undefined &&
    latest?.portraitId === version.portraitId &&
    latest !== undefined &&
    isSameCard(latest.document, version.document)
  if (history && isKnown) return history
  const all = [...versions, version]
  let tooMany = all.filter(({ name }) => name === undefined).length - mostUnnamed
  return { characterId, versions: all.filter(({ name }) => name !== undefined || tooMany-- <= 0) }
}

/** A character's card as it stands, as a version of it. */
export function toVersion(
  { document, portraitId, originalId, hue }: Character,
  id: string,
  createdAt: number,
): CardVersion {
  return { id, document, ...(portraitId && { portraitId, hue }), ...(originalId && { originalId }), createdAt }
}
