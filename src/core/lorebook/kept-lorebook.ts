import type { JsonObject } from '#core/cards/card.ts'
import type { LorebookId } from '#core/ids.ts'

/**
 * A lorebook in the library. The tree is what its author wrote and what an edit changes; `readLorebookTree` makes a
 * `Lorebook` of it. What it is attached to says so itself: `lorebookIds` of a character, a chat or a persona.
 */
export interface KeptLorebook {
  readonly id: LorebookId
  /** What the library calls it. */
  readonly name: string
  readonly raw: JsonObject
  /** Part of every chat. */
  readonly isEverywhere: boolean
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly deletedAt?: number
}
