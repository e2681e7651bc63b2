import type { ConversationId, PreferenceId, TurnId } from '#core/ids.ts'

/** Which of two takes is the better one. */
export type Verdict = 'a' | 'b' | 'tie'

/** Which of the two stood first: on the left of a reader, as candidate 1 of a judge. */
export type First = 'a' | 'b'

/** What was shown of both takes. Planning is shown to nobody who compares. */
export type ShownLayers = 'words' | 'thoughts'

/** One principle by which a judge compared the two. */
export interface Comparison {
  readonly name: string
  readonly dimension: string
  readonly level: 'sentence' | 'session'
  readonly definition: string
  /** Why it was chosen for this pair. */
  readonly chosenFor: string
  /** How each of them did by it. */
  readonly a: string
  readonly b: string
  readonly reason: string
  readonly winner: Verdict
}

/** What a judge said when the two stood in one order. */
export interface Judgement {
  readonly first: First
  /** Missing where its answer could not be read, or never came. */
  readonly verdict?: Verdict
  /** `verdict`: of an answer that was no JSON, only which one is better was found. */
  readonly read: 'whole' | 'verdict' | 'nothing'
  /** Each of the two in its words. */
  readonly told: { readonly a: string; readonly b: string }
  readonly comparisons: readonly Comparison[]
  readonly analysis: string
  readonly summary: string
}

/** Why a judge's two orders make a tie that neither of them said. */
export type JudgeFlag = 'position_conflict' | 'unread'

/** Whose preference it is, and how it came about. */
export type PreferredBy =
  | { readonly kind: 'human'; readonly first: First; readonly shown: ShownLayers }
  | {
      readonly kind: 'judge'
      readonly model: string
      /** The judge was given the reader's principles, and did not only find its own. */
      readonly hadCatalogue: boolean
      /** Both orders: `a` first, then `b` first. */
      readonly orders: readonly [Judgement, Judgement]
      readonly flag?: JudgeFlag
    }
  /**
   * Nobody was asked. `kept`: it was read on with, and the other was not; `corrected`: the reader wrote it in the other's
   * place; `steered`: it was made anew from a thought that the reader changed.
   */
  | { readonly kind: 'implicit'; readonly from: 'kept' | 'corrected' | 'steered' }

/** Which of two takes of a turn was preferred, by whom, and by what. `a` is the one that was made first. */
export interface Preference {
  readonly id: PreferenceId
  readonly conversationId: ConversationId
  /** The turn both follow. */
  readonly parentId: TurnId | null
  readonly a: TurnId
  readonly b: TurnId
  readonly verdict: Verdict
  readonly by: PreferredBy
  /** Which principles (or dimensions) decided, by id; may be empty. */
  readonly principles: readonly string[]
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly deletedAt?: number
}

/** The same for both orders of a pair. */
export function pairKey({ a, b }: Pick<Preference, 'a' | 'b'>): string {
  return `${a} ${b}`
}
