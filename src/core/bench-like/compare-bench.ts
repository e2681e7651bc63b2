import { difference } from '#core/coser/bootstrap.ts'
import { compareScores, type ScoreComparison } from '#core/coser/compare-scores.ts'
import { type BenchReport, seedScores } from './bench-summary.ts'
import { type Dimension, dimensions, type Pillar, pillarScores, pillars } from './rubric.ts'

/** What two runs are compared in; seeds are won by the first. */
export const benchMeasures = ['overall', ...pillars, ...dimensions] as const

export type BenchMeasure = 'overall' | Pillar | Dimension

/** By how much a run is ahead of the first, seed by seed: in the whole, each pillar, each dimension. */
export function compareBenchSeeds(first: BenchReport, other: BenchReport): ScoreComparison<BenchMeasure> {
  return compareScores(scoresOf(first), scoresOf(other), benchMeasures, `${first.summary.run.seed}difference`)
}

/** By how much a run is ahead of the first in the overall score, seed by seed where they have the same. */
export function compareBench(first: BenchReport, other: BenchReport) {
  return difference(overallBySeed(other), overallBySeed(first), `${first.summary.run.seed}difference`)
}

function overallBySeed(report: BenchReport): ReadonlyMap<string, number> {
  return new Map([...scoresOf(report)].map(([id, { overall }]) => [id, overall]))
}

function scoresOf({ results }: BenchReport) {
  return new Map(
    [...results].flatMap(([id, all]) => {
      const scores = seedScores(all)
      return scores ? [[id, { ...pillarScores(scores), ...scores }] as const] : []
    }),
  )
}
