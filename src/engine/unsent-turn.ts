import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, TurnId } from '#core/ids.ts'
import { presenceNext, readersSpeaker } from './parts-in-scene.ts'

/** What stands in the composer, as the turn it would be. It is in no table. */
export function unsentTurn(
  conversation: Conversation,
  path: readonly Turn[],
  raw: string,
  createdAt: number,
  whisperTo?: readonly CharacterId[],
): Turn {
  const { id, headId } = conversation
  return {
    ...presenceNext(conversation, path),
    ...(whisperTo && { whisperTo }),
    id: 'unsent' as TurnId,
    conversationId: id,
    parentId: headId,
    speaker: readersSpeaker(conversation),
    dialect: 'player',
    raw,
    ending: 'complete',
    createdAt,
  }
}
