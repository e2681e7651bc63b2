import { type CardVersion, withVersion } from '#core/cards/card-history.ts'
import type { CharacterId } from '#core/ids.ts'
import type { Edit } from '#ports/storage.ts'
import { editing } from './changes.ts'

/**
 * Puts a version at the end of a card's history as it is when it is written.
 * @param version asked then, so that it can be what the card's own edit, which goes before it, found.
 */
export function addVersion(characterId: CharacterId, version: () => CardVersion | undefined): Edit {
  return editing('cardHistories', characterId, (history) => {
    const added = version()
    return added ? withVersion(history, characterId, added) : history
  })
}
