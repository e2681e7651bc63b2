import type { Turn } from '#core/conversation/turn.ts'
import type { ModelPort } from '#ports/model.ts'
import type { PreparedReply } from './prepared-reply.ts'

/** A reply that is whole and on disk. */
export interface EndedReply {
  readonly turn: Turn
  readonly prepared: PreparedReply
}

/** What is asked of a model while nobody waits for it. It gives way to whatever the reader asks. */
export interface BetweenReplies {
  /**
   * A request is about to leave: all that goes on is stopped, since many a server does one thing at a time. Where this
   * very reply was made ahead, gives the model that has it.
   */
  readonly takeOver: (prepared?: PreparedReply) => ModelPort | undefined
  /** First room is kept for what comes next, then the next take is made. */
  readonly ended: (reply: EndedReply) => void
}
