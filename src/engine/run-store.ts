import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ConversationId } from '#core/ids.ts'
import type { Runs } from './chat-engine.ts'
import { type RunEvent, reduceRun } from './run-machine.ts'

/** The replies being made, and the one way to change what is known of them. */
export function createRunStore(): {
  readonly runs: StoreApi<Runs>
  readonly dispatchTo: (conversationId: ConversationId, event: RunEvent) => void
} {
  const runs = createStore<Runs>(() => ({ byConversation: new Map() }))
  return {
    runs,
    dispatchTo: (conversationId, event) => {
      const { byConversation } = runs.getState()
      const run = byConversation.get(conversationId) ?? { phase: 'idle' }
      const next = reduceRun(run, event)
      if (next === run) return
      const changed = new Map(byConversation)
      if (next.phase === 'idle') changed.delete(conversationId)
      else changed.set(conversationId, next)
      runs.setState({ byConversation: changed })
    },
  }
}
