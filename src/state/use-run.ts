import { useStore } from 'zustand'
import type { ConversationId, TurnId } from '#core/ids.ts'
import type { Run } from '#engine/run-machine.ts'
import { useServices } from './services.tsx'

export type LiveRun = Exclude<Run, { phase: 'idle' }>

/** The run that is writing this turn, if one is. Renders only the turn that is being written. */
export function useRunOf(conversationId: ConversationId, turnId: TurnId): LiveRun | undefined {
  const { chat } = useServices()
  return useStore(chat.runs, ({ byConversation }) => {
    const run = byConversation.get(conversationId)
    return run && run.phase !== 'idle' && run.turnId === turnId ? run : undefined
  })
}

/** Something that is told of the run that writes this turn. Renders when it is another, and not with every token. */
export function useRunValue<Value extends string | number | boolean>(
  conversationId: ConversationId,
  turnId: TurnId | undefined,
  read: (run: LiveRun) => Value | undefined,
): Value | undefined {
  const { chat } = useServices()
  return useStore(chat.runs, ({ byConversation }) => {
    const run = byConversation.get(conversationId)
    return run && run.phase !== 'idle' && run.turnId === turnId ? read(run) : undefined
  })
}

/** Whether a reply is being made in this chat. */
export function useIsRunning(conversationId: ConversationId | undefined): boolean {
  const { chat } = useServices()
  return useStore(chat.runs, ({ byConversation }) => {
    const phase = conversationId && byConversation.get(conversationId)?.phase
    return phase === 'waiting' || phase === 'streaming'
  })
}

/** Whether another take of this turn was made ahead, or is being made. */
export function useHasTakeAhead(turnId: TurnId): boolean {
  const { background } = useServices()
  return useStore(background, ({ takeAhead }) => takeAhead?.turnId === turnId)
}
