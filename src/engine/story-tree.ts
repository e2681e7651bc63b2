import type { Conversation } from '#core/conversation/conversation.ts'
import { breakSeal } from '#core/conversation/seals.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import type { StoragePort } from '#ports/storage.ts'
import { edit } from './changes.ts'
import type { Undo } from './undo.ts'

/** What one does with the tree of a chat without a word being written. Each verb resolves when the disk has it. */
export interface StoryTree {
  /** Reads the story up to a turn only, so that what is sent next begins a branch there. */
  branchFrom(conversationId: ConversationId, turnId: TurnId): Promise<Undo>
  /** An empty name takes the name away. */
  nameTurn(conversationId: ConversationId, turnId: TurnId, name: string): Promise<void>
  bookmark(conversationId: ConversationId, turnId: TurnId, isWanted: boolean): Promise<void>
  /** Seals what is thought and planned in a chat, or ends that and opens all. The count of broken seals begins anew. */
  playSealed(conversationId: ConversationId, isSealed: boolean): Promise<void>
  breakSeal(conversationId: ConversationId, turnId: TurnId, segment: number): Promise<void>
}

export function createStoryTree(storage: StoragePort): StoryTree {
  return {
    branchFrom: async (conversationId, turnId) => {
      let before: TurnId | null = null
      await changeConversation(conversationId, (conversation) => {
        before = conversation.headId
        return { ...conversation, headId: turnId }
      })
      return () => changeConversation(conversationId, (conversation) => ({ ...conversation, headId: before }))
    },

    nameTurn: (conversationId, turnId, name) =>
      changeTurn(conversationId, turnId, ({ name: _before, ...turn }) => (name === '' ? turn : { ...turn, name })),

    bookmark: (conversationId, turnId, isWanted) =>
      changeTurn(conversationId, turnId, ({ bookmarked: _before, ...turn }) =>
        isWanted ? { ...turn, bookmarked: true } : turn,
      ),

    playSealed: (conversationId, isSealed) =>
      changeConversation(conversationId, ({ seals: _before, ...conversation }) =>
        isSealed ? { ...conversation, seals: { broken: {} } } : conversation,
      ),

    breakSeal: (conversationId, turnId, segment) =>
      changeConversation(conversationId, (conversation) =>
        conversation.seals ? { ...conversation, seals: breakSeal(conversation.seals, turnId, segment) } : conversation,
      ),
  }

  function changeConversation(id: ConversationId, change: (conversation: Conversation) => Conversation): Promise<void> {
    return storage.write([edit('conversations', id, change)])
  }

  function changeTurn(conversationId: ConversationId, id: TurnId, change: (turn: Turn) => Turn): Promise<void> {
    return storage.write([edit('turns', [conversationId, id], change)])
  }
}
