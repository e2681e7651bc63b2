import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'

/** Where a thought stands that the reader has not opened. */
export interface UnreadThought {
  readonly turnId: TurnId
  readonly index: number
}

/** Further back nobody looks for one. */
const turnsBack = 300

/**
 * The newest thought of each character that came after the last of theirs that was opened.
 * @param isOpened whether the reader has seen the thought at this place.
 */
export function unreadThoughts(
  path: readonly Turn[],
  cast: Cast,
  isOpened: (turnId: TurnId, index: number) => boolean,
): ReadonlyMap<CharacterId, UnreadThought> {
  const newest = new Map<CharacterId, UnreadThought | undefined>()
  for (let place = path.length - 1; place >= Math.max(0, path.length - turnsBack); place -= 1) {
    const turn = path[place]
    // Of a turn that is still written the thought may not be whole.
    if (turn?.speaker.kind !== 'character' || turn.ending === 'draft') continue
    const { characterId } = turn.speaker
    if (newest.has(characterId) || characterId === cast.userPlays) continue
    const { segments } = readTurn(turn, cast)
    const index = segments.findLastIndex(({ layer, text }) => layer === 'role_thinking' && text.trim() !== '')
    if (index >= 0) newest.set(characterId, isOpened(turn.id, index) ? undefined : { turnId: turn.id, index })
  }
  return new Map([...newest].flatMap(([id, thought]) => (thought ? [[id, thought] as const] : [])))
}
