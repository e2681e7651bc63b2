import { compareScores, type ScoreComparison } from '../compare-scores.ts'
import { type Dimension, dimensions } from '../rubric.ts'
import type { RunReport } from './run-report.ts'

/** What two runs are compared in; cases are won by the first. */
export const runMeasures = ['average', ...dimensions, 'bleu', 'rougeL'] as const

export type RunMeasure = 'average' | Dimension | 'bleu' | 'rougeL'

/** By how much a run is ahead of the first, case by case: in the whole, each dimension, and words. */
export function compareRunCases(first: RunReport, other: RunReport): ScoreComparison<RunMeasure> {
  return compareScores(scoresOf(first), scoresOf(other), runMeasures, `${first.summary.run.seed}difference`)
}

function scoresOf({ cases }: RunReport) {
  return new Map(
    cases.map(({ id, result: { score, judgements, bleu, rougeL } }) => {
      const judged = dimensions.map((dimension) => [dimension, judgements[dimension].score] as const)
      const scores: Partial<Record<RunMeasure, number>> = { ...Object.fromEntries(judged), bleu, rougeL }
      return [id, score === undefined ? scores : { ...scores, average: score }]
    }),
  )
}
