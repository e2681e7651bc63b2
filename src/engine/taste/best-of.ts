import type { TurnId } from '#core/ids.ts'
import { type Bracket, playBracket } from '#core/taste/bracket.ts'
import { isComparable, pairOf } from '#core/taste/pairs.ts'
import type { Preference } from '#core/taste/preference.ts'
import { comparisonsWon } from '#core/taste/settle.ts'
import type { ChatDependencies } from '#engine/chat-dependencies.ts'
import { findChatPairs } from './chat-pairs.ts'
import { drawTakes } from './draw-takes.ts'
import { type JudgeCourse, settlePair } from './judge-pairs.ts'
import type { BestOfPlan } from './taste-plan.ts'

/** How a match ended, as it is journaled. */
export type MatchRecord = {
  readonly round: number
  readonly one: TurnId
  readonly other: TurnId
  readonly winner: TurnId
  /** Both orders did not say that one is better: `winner` has won more comparisons, or was made first. */
  readonly isTie: boolean
}

/** The step at which two met. */
export function matchKey({ round, one, other }: Pick<MatchRecord, 'round' | 'one' | 'other'>): string {
  return `match/${round}/${one}/${other}`
}

/**
 * Draws takes of a turn and has a judge let them meet in a bracket. All of them stay beside each other as takes; which of
 * them is shown is not changed here. Gives the bracket, in which nobody wins where no take came.
 */
export async function bestOf(
  dependencies: Omit<ChatDependencies, 'between'>,
  course: JudgeCourse,
  { conversationId, turnId, draws, there }: Omit<BestOfPlan, 'what'>,
): Promise<Bracket<TurnId>> {
  const { journal, judging, storage } = course
  const { signal } = judging
  const onDrawn = () => undefined
  const drawn = await drawTakes(dependencies, { conversationId, turnId, count: draws, journal, signal, onDrawn })
  const chat = await findChatPairs(storage, conversationId)
  if (!chat) return { winner: undefined, matches: [] }
  const entrants = [...there, ...drawn].filter((id) => {
    const take = chat.tree.turnsById.get(id)
    return take && isComparable(take, chat.conversation)
  })
  return playBracket(entrants, async (one, other, round) => {
    const takes = [chat.tree.turnsById.get(one), chat.tree.turnsById.get(other)]
    const [first, second] = takes
    if (!first || !second) return one
    const pair = pairOf(first, second)
    const preference = await settlePair(course, chat, pair)
    const winner = preference ? whoGoesOn(preference) : one
    const record: MatchRecord = { round, one, other, winner, isTie: preference?.verdict === 'tie' }
    await journal.append(matchKey(record), record)
    return winner
  })
}

/** Of a tie, who won more comparisons over both orders, else who was made first. */
function whoGoesOn({ a, b, verdict, by }: Preference): TurnId {
  if (verdict !== 'tie') return verdict === 'a' ? a : b
  const won = comparisonsWon(by.kind === 'judge' ? by.orders : [])
  return won.b > won.a ? b : a
}
