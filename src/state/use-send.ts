import { useCallback } from 'react'
import type { ConversationId } from '#core/ids.ts'
import { WrittenElsewhere } from '#engine/written-elsewhere.ts'
import { StorageFailure } from '#ports/storage.ts'
import { useServices } from './services.tsx'

/** What became of a message. Nothing of one that was not sent is kept. */
export type Sending = 'sent' | 'not-saved' | 'written-elsewhere'

/** Sends a message, and asks the browser to keep our disk: there is something on it now. */
export function useSend(conversationId: ConversationId): (text: string) => Promise<Sending> {
  const { chat, askForPersistence } = useServices()
  return useCallback(
    async (text) => {
      try {
        await chat.send(conversationId, text)
      } catch (error) {
        if (error instanceof WrittenElsewhere) return 'written-elsewhere'
        if (error instanceof StorageFailure) return 'not-saved'
        throw error
      }
      askForPersistence()
      return 'sent'
    },
    [chat, askForPersistence, conversationId],
  )
}
