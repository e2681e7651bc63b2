import type { JudgeFlag, Judgement, Preference, Verdict } from './preference.ts'

/**
 * What a judge's two orders come to. HER's code asks in one order alone; a judge that prefers whichever stands first would
 * go unseen. Only what both orders say is a verdict; anything else is a tie, and says why.
 */
export function settle([forth, back]: readonly [Judgement, Judgement]): { verdict: Verdict; flag?: JudgeFlag } {
  if (forth.verdict === undefined || back.verdict === undefined) return { verdict: 'tie', flag: 'unread' }
  if (forth.verdict === back.verdict) return { verdict: forth.verdict }
  return { verdict: 'tie', flag: 'position_conflict' }
}

/** How many comparisons went to each over both orders: what a tie is broken by where one has to go on. */
export function comparisonsWon(orders: readonly Judgement[]): { readonly a: number; readonly b: number } {
  const winners = orders.flatMap(({ comparisons }) => comparisons.map(({ winner }) => winner))
  return { a: winners.filter((winner) => winner === 'a').length, b: winners.filter((winner) => winner === 'b').length }
}

/** How often something was so, of how many. */
export interface Share {
  readonly count: number
  readonly of: number
}

/** What is to be known of a judge before its word is taken. */
export interface JudgeFigures {
  /** Pairs it judged in both orders and was read in both. */
  readonly judged: number
  readonly unread: number
  /** Pairs whose two orders said different things. */
  readonly conflicts: Share
  /** Answers whose principles did not all go to the same side: HER has about 70 % of them where its data is balanced, 6 % else. */
  readonly mixed: Share
  /** Answers that preferred whoever stood first, of those that preferred anyone: half, where the place is no reason. */
  readonly firstWins: Share
}

type Judged = Pick<Preference, 'by'>

export function judgeFigures(preferences: readonly Judged[]): JudgeFigures {
  const judged = preferences.flatMap(({ by }) => (by.kind === 'judge' ? [by] : []))
  const read = judged.filter(({ flag }) => flag !== 'unread')
  const answers = judged.flatMap(({ orders }) => orders)
  const withComparisons = answers.filter(({ comparisons }) => comparisons.length > 0)
  const decided = answers.filter(({ verdict }) => verdict === 'a' || verdict === 'b')
  return {
    judged: read.length,
    unread: judged.length - read.length,
    conflicts: { count: read.filter(({ flag }) => flag === 'position_conflict').length, of: read.length },
    mixed: { count: withComparisons.filter(isMixed).length, of: withComparisons.length },
    firstWins: { count: decided.filter(({ verdict, first }) => verdict === first).length, of: decided.length },
  }
}

function isMixed({ comparisons }: Judgement): boolean {
  const winners = new Set(comparisons.map(({ winner }) => winner))
  return winners.has('a') && winners.has('b')
}
