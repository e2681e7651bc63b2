import { estimateTokens } from '#core/prompt/estimate.ts'
import type { BetweenReplies, EndedReply } from './between-replies.ts'
import type { OpenedBetween } from './open-between.ts'

/** What works between replies, before its code is there. */
export interface LateBetween extends BetweenReplies {
  readonly open: () => Promise<OpenedBetween>
}

/** With more of the window in use than this, a look at what would drop from it is worth the time. */
const lookFrom = 0.8

/** Has the code loaded when it is asked for, or with the first reply that leaves any work. */
export function createLateBetween(load: () => Promise<OpenedBetween>): LateBetween {
  let loading: Promise<OpenedBetween> | undefined
  let opened: OpenedBetween | undefined
  let asked = 0

  async function open(): Promise<OpenedBetween> {
    loading ??= load()
    opened = await loading
    return opened
  }

  return {
    open,
    takeOver: (prepared) => {
      asked += 1
      return opened?.between.takeOver(prepared)
    },
    ended: async (reply) => {
      if (!leavesWork(reply)) return
      const before = asked
      const { between } = await open()
      // The reader may have gone on while the code came.
      if (asked === before) between.ended(reply)
    },
  }
}

function leavesWork({ turn, prepared }: EndedReply): boolean {
  const { connection, contextTokens, estimatedTokens } = prepared
  if (connection.kind === 'demo') return false
  const used = (estimatedTokens + estimateTokens(turn.raw)) * (connection.tokenFactor ?? 1)
  return connection.makesAhead === true || used > (contextTokens - connection.sampling.maxTokens) * lookFrom
}
