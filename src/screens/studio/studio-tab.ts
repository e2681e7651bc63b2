import type { CardDocument } from '#core/cards/card.ts'
import type { CharacterId } from '#core/ids.ts'

/** What every tab of the studio is given. */
export interface StudioTabProps {
  readonly characterId: CharacterId
  /** The card as it stands in the studio; what was changed last may not be on disk yet. */
  readonly document: CardDocument
  /** Puts another card in its place. The studio saves by itself, and a save can be undone. */
  readonly change: (document: CardDocument) => void
}
