import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { TurnId } from '#core/ids.ts'

/** What stands in the composer, as the turn it would be. It is in no table. */
export function unsentTurn({ id, headId, personaId }: Conversation, raw: string, createdAt: number): Turn {
  return {
    id: 'unsent' as TurnId,
    conversationId: id,
    parentId: headId,
    speaker: { kind: 'user', ...(personaId && { personaId }) },
    dialect: 'player',
    raw,
    ending: 'complete',
    createdAt,
  }
}
