import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ConversationId, TurnId } from '#core/ids.ts'
import type { ModelError } from '#core/model-error.ts'

/** A summary that is being made, or why the last one was not. */
export type SummaryWork = { readonly phase: 'writing' } | { readonly phase: 'failed'; readonly error: ModelError }

/** The take that was made ahead, or is being made, of which nothing is in the story yet. */
export interface TakeAhead {
  readonly conversationId: ConversationId
  /** The reply it would be another take of. */
  readonly turnId: TurnId
  readonly phase: 'coming' | 'ready'
}

/** What goes on between replies, for whoever shows it. */
export interface Background {
  readonly summaries: ReadonlyMap<ConversationId, SummaryWork>
  readonly takeAhead: TakeAhead | undefined
}

export type BackgroundStore = StoreApi<Background>

export function createBackground(): BackgroundStore {
  return createStore<Background>(() => ({ summaries: new Map(), takeAhead: undefined }))
}
