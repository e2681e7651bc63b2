import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId } from '#core/ids.ts'
import type { LocksPort } from '#ports/locks.ts'
import type { OpenModel } from '#ports/model.ts'
import type { StoragePort } from '#ports/storage.ts'
import type { BetweenReplies } from './between-replies.ts'

/** What the chat engine is given of the outside world. */
export interface ChatDependencies {
  readonly storage: StoragePort
  readonly openModel: OpenModel
  readonly locks: LocksPort
  /** Unix milliseconds. */
  readonly now: () => number
  readonly createId: () => string
  /** Calls back before the next frame is drawn, or soon when nothing is drawn. */
  readonly onFrame: (callback: () => void) => void
  /** Calls back every `ms` until the returned function is called. */
  readonly every: (ms: number, callback: () => void) => () => void
  /** All turns of a chat, sorted by id; from memory when they are there already. */
  readonly turnsOf: (conversationId: ConversationId) => Promise<readonly Turn[]>
  /** What goes on while nobody waits; without it, nothing does. */
  readonly between?: BetweenReplies
}
