import { bootstrap, type Interval, meanOf } from './bootstrap.ts'

/** The scores of the cases of a run, by the case: of each measure that it has one in. */
export type CaseScores<Measure extends string> = ReadonlyMap<string, Readonly<Partial<Record<Measure, number>>>>

/** Two runs in one measure, over the cases in which both have it. */
export interface ComparedMeasure<Measure extends string> {
  readonly measure: Measure
  /** The means of those cases. */
  readonly first: number
  readonly other: number
  /** By how much the other is ahead, case by case. */
  readonly difference: Interval
  /** The interval does not hold nought. */
  readonly isClear: boolean
}

/** A case that both have, in the measure by which cases are won. */
export interface ComparedCase {
  readonly id: string
  readonly first: number
  readonly other: number
}

/** Two runs against each other. */
export interface ScoreComparison<Measure extends string> {
  /** Those in which there is something to compare. */
  readonly measures: readonly ComparedMeasure<Measure>[]
  /** Those in which the other gains most come first. */
  readonly cases: readonly ComparedCase[]
  /** Cases in which the other is ahead, neither is, the first is. */
  readonly wins: number
  readonly ties: number
  readonly losses: number
}

/** Sums of halves and thirds are not to the last digit what they are on paper. */
const asGoodAsNothing = 1e-9

/**
 * Compares two runs case by case, which leaves out how hard cases are: whatever only one of them has is left out. Cases
 * are won by the first of the measures. The same runs and seed give the same intervals.
 */
export function compareScores<Measure extends string>(
  first: CaseScores<Measure>,
  other: CaseScores<Measure>,
  measures: readonly [Measure, ...Measure[]],
  seed: string,
): ScoreComparison<Measure> {
  const pairsIn = (measure: Measure) =>
    [...first].flatMap(([id, scores]): ComparedCase[] => {
      const [one, two] = [scores[measure], other.get(id)?.[measure]]
      return one === undefined || two === undefined ? [] : [{ id, first: one, other: two }]
    })
  const cases = pairsIn(measures[0]).sort((one, two) => gain(two) - gain(one))
  const count = (isCounted: (gained: number) => boolean) => cases.filter((one) => isCounted(gain(one))).length
  return {
    measures: measures.flatMap((measure, index) => compareIn(measure, pairsIn(measure), index ? seed + measure : seed)),
    cases,
    wins: count((gained) => gained > 0),
    ties: count((gained) => gained === 0),
    losses: count((gained) => gained < 0),
  }
}

/** By how much the other is ahead in a case. */
export function gain({ first, other }: ComparedCase): number {
  return Math.abs(other - first) < asGoodAsNothing ? 0 : other - first
}

function compareIn<Measure extends string>(
  measure: Measure,
  pairs: readonly ComparedCase[],
  seed: string,
): ComparedMeasure<Measure>[] {
  const difference = bootstrap(pairs.map(gain), seed)
  if (!difference) return []
  return [
    {
      measure,
      first: meanOf(pairs.map((pair) => pair.first)),
      other: meanOf(pairs.map((pair) => pair.other)),
      difference,
      isClear: isClear(difference),
    },
  ]
}

/** Whether an interval of a difference holds nought. */
export function isClear({ low, high }: Interval): boolean {
  return low > 0 || high < 0
}
