import type { Speaker } from '#core/conversation/turn.ts'
import type { Layer } from '#core/her/segment.ts'
import type { ConversationId } from '#core/ids.ts'

/** What is looked for. All parts have to hold. */
export interface SearchQuery {
  /** As the reader typed it: words, and phrases in quotes. Nothing is found while it is blank. */
  readonly text: string
  /** Where to look; everywhere unless said otherwise. */
  readonly layers?: ReadonlySet<Layer>
  /** Whose turns; a user's under any persona. */
  readonly speaker?: Speaker
  readonly conversationId?: ConversationId
  /** Thought or planned, but not said aloud by the same speaker, neither in the same turn nor earlier on its path. */
  readonly unsaid?: boolean
}

/** In the order in which a turn is searched. */
const allLayers: readonly Layer[] = ['speech', 'role_action', 'role_thinking', 'system_thinking']

/** The layers a query looks in: what was not said can only have been thought or planned. */
export function searchedLayers(query: SearchQuery): Layer[] {
  return allLayers.filter(
    (layer) =>
      (query.layers?.has(layer) ?? true) && (!query.unsaid || layer === 'role_thinking' || layer === 'system_thinking'),
  )
}
