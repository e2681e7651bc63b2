import { useQueryClient } from '@tanstack/react-query'
import { createTree, takesOf } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { type LoadedTurns, turnsKey } from './turns-cache.ts'

/** How many takes there are of a turn of the chat that is shown, itself among them; as it is when this is drawn. */
export function useTakeCount(turn: Turn): number {
  const loaded = useQueryClient().getQueryData<LoadedTurns>(turnsKey(turn.conversationId))
  return loaded ? takesOf(createTree(loaded.turns), turn).length : 1
}
