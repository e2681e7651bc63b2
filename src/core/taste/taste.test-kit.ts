import { emptyCard } from '#core/cards/card.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'

export const annaId = 'anna' as CharacterId

/** Anna, and a reader called Clara. */
export const duo: Cast = {
  characters: [{ id: annaId, card: { ...emptyCard, name: 'Anna', description: 'A clerk.' } }],
  user: { name: 'Clara', description: '' },
}

/** A turn: Anna's, unless it says otherwise. */
export function takeOf(id: string, parentId: string | null, raw: string, more: Partial<Turn> = {}): Turn {
  return {
    id: id as TurnId,
    conversationId: 'chat' as ConversationId,
    parentId: parentId as TurnId | null,
    speaker: { kind: 'character', characterId: annaId },
    dialect: 'her',
    raw,
    ending: 'complete',
    createdAt: 1,
    ...more,
  }
}

export const asked = takeOf('1', null, 'Who are you?', { speaker: { kind: 'user' }, dialect: 'player' })
