import type { ConnectionId, ConversationId, TurnId } from '#core/ids.ts'
import type { Pair } from '#core/taste/pairs.ts'
import type { Principle } from '#core/taste/principle.ts'

interface WithJudge {
  readonly connectionId: ConnectionId
  /** The judge's model as it was when the job was begun. */
  readonly model: string
  /** What the judge chooses its principles from; empty where it finds its own. */
  readonly catalogue: readonly Principle[]
}

/** A job in which a judge looks through pairs. */
export interface PairsPlan extends WithJudge {
  readonly what: 'pairs'
  readonly pairs: readonly Pair[]
}

/** A job in which takes are drawn and meet in a bracket. */
export interface BestOfPlan extends WithJudge {
  readonly what: 'best-of'
  readonly conversationId: ConversationId
  readonly turnId: TurnId
  /** How many are drawn. */
  readonly draws: number
  /** Takes that were there already and play too. */
  readonly there: readonly TurnId[]
}

/** The plan of a job of the kind `judge`. */
export type TastePlan = PairsPlan | BestOfPlan
