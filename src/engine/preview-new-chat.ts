import type { Character } from '#core/cards/character.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import type { StoragePort, Tables } from '#ports/storage.ts'
import { openingTurns } from './opening-turns.ts'
import { prepareReply } from './prepare-reply.ts'
import type { PreparedReply } from './prepared-reply.ts'
import { personaForNewChat } from './read-cast.ts'
import { unsentTurn } from './unsent-turn.ts'

/**
 * The first request of a new chat with a character as it stands here, which need not be on disk: its greeting, the
 * reader's words, and what answers them.
 */
export type NewChatPreview = (
  character: Character,
  greeting: string | undefined,
  words: string,
) => Promise<PreparedReply>

const conversationId = 'new' as ConversationId

export function createNewChatPreview(storage: StoragePort, now: () => number): NewChatPreview {
  return async (character, greeting, words) => {
    const at = now()
    const personaId = await personaForNewChat(storage, character)
    const conversation: Conversation = {
      id: conversationId,
      characterId: character.id,
      ...(personaId && { personaId }),
      title: '',
      headId: null,
      createdAt: at,
      updatedAt: at,
    }
    const newTurn = () => ({ id: 'opening' as TurnId, conversationId, parentId: null, createdAt: at })
    const opening =
      greeting === undefined
        ? []
        : openingTurns({ kind: 'greetings', greetings: [greeting], chosen: 0 }, character.id, newTurn)
    const path: readonly Turn[] = [...opening, unsentTurn(conversation, opening, words, at)]
    return prepareReply(withCharacter(storage, character), conversation, path)
  }
}

/** The disk, as it would be with this row on it. */
function withCharacter(storage: StoragePort, character: Character): StoragePort {
  return {
    ...storage,
    get: async (table, key) => {
      const isIt = table === 'characters' && String(key) === character.id
      return isIt ? (character as Tables[typeof table]) : storage.get(table, key)
    },
  }
}
