import type { BackgroundStore } from './background.ts'
import { type BetweenReplies, createBetweenReplies } from './between-replies.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import { createMemories, type Memories } from './memories.ts'
import { createTakesAhead } from './takes-ahead.ts'

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
