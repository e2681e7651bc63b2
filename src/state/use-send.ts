import { useCallback } from 'react'
import type { ConversationId } from '#core/ids.ts'
import { type Outcome, outcomeOf } from './outcome-of.ts'
import { useSceneChoices } from './scene-choices.ts'
import { useServices } from './services.tsx'

/** What became of a message. Nothing of one that was not sent is kept. */
export type Sending = 'sent' | Exclude<Outcome, 'kept'>

/** Sends a message, and asks the browser to keep our disk: there is something on it now. */
export function useSend(conversationId: ConversationId): (text: string) => Promise<Sending> {
  const { chat, askForPersistence } = useServices()
  return useCallback(
    async (text) => {
      const { byConversation, choose } = useSceneChoices.getState()
      const { whisperTo, ...lasting } = byConversation[conversationId] ?? {}
      const outcome = await outcomeOf(chat.send(conversationId, text, { ...lasting, ...(whisperTo && { whisperTo }) }))
      if (outcome !== 'kept') return outcome
      // One is whispered at a time; what is meant for all must not be whispered by an oversight.
      if (whisperTo) choose(conversationId, lasting)
      askForPersistence()
      return 'sent'
    },
    [chat, askForPersistence, conversationId],
  )
}
