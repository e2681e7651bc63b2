import { create } from 'zustand'
import type { ConversationId } from '#core/ids.ts'
import type { Sending } from '#engine/sending.ts'

interface SceneChoices {
  readonly byConversation: Readonly<Record<ConversationId, Sending>>
  readonly choose: (id: ConversationId, sending: Sending) => void
}

/** How the reader's next turn in a scene is said: who is asked for an answer, and whom it is whispered to. */
export const useSceneChoices = create<SceneChoices>((set) => ({
  byConversation: {},
  choose: (id, sending) => set(({ byConversation }) => ({ byConversation: { ...byConversation, [id]: sending } })),
}))

const plain: Sending = {}

export function useSceneChoice(id: ConversationId): Sending {
  return useSceneChoices(({ byConversation }) => byConversation[id] ?? plain)
}
