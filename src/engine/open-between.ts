import type { BackgroundStore } from './background.ts'
import type { BetweenReplies } from './between-replies.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import { createMemories, type Memories } from './memories.ts'
import { createTakesAhead, type TakesAhead } from './takes-ahead.ts'

/** All that works between replies. */
export interface OpenedBetween {
  readonly between: BetweenReplies
  readonly memories: Memories
}

export function openBetween(
  dependencies: Omit<ChatDependencies, 'locks' | 'onFrame' | 'every' | 'between'>,
  background: BackgroundStore,
): OpenedBetween {
  const memories = createMemories(dependencies, background)
  return { memories, between: createBetweenReplies(memories, createTakesAhead(dependencies, background)) }
}

function createBetweenReplies(memories: Pick<Memories, 'keepRoom' | 'stop'>, takesAhead: TakesAhead): BetweenReplies {
  let aborter = new AbortController()
  return {
    takeOver: (prepared) => {
      aborter.abort()
      memories.stop()
      return takesAhead.take(prepared)
    },
    ended: async ({ turn, prepared }) => {
      aborter.abort()
      aborter = new AbortController()
      const { signal } = aborter
      await memories.keepRoom(turn.conversationId, signal)
      if (prepared.connection.makesAhead && !signal.aborted) await takesAhead.make(turn, signal)
    },
  }
}
