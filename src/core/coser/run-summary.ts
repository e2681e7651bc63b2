import { bootstrap, bootstrapOf, type Interval } from './bootstrap.ts'
import { type CaseResult, countStates } from './case-result.ts'
import type { Dimension } from './rubric.ts'
import type { RunHeader } from './run-header.ts'
import { averagesOf, byDimension } from './score.ts'

/** A run in numbers. Everything that moves a score stands beside it: two runs are comparable where these agree. */
export interface RunSummary {
  readonly run: RunHeader
  /** Cases that are done; those of the run are `run.caseIds`. */
  readonly cases: number
  /** Means of the cases that have a score, with 95 % intervals. */
  readonly dimensions: Readonly<Record<Dimension, Interval | undefined>>
  /** The mean of the four means. */
  readonly average: Interval | undefined
  readonly bleu: Interval | undefined
  readonly rougeL: Interval | undefined
  readonly meanActorRounds: number
  /** Judgements that could not be read, and that were not given at all. */
  readonly unreadable: number
  readonly unanswered: number
  /** Turns of a model that failed and stand as empty lines. */
  readonly failedTurns: number
  /** Turns after which the next speaker was drawn, since the answer named nobody who could be. */
  readonly drawnSpeakers: number
}

/** Sums a run up. The intervals follow from the cases and the run's seed. */
export function summarise(run: RunHeader, resultsById: ReadonlyMap<string, CaseResult>): RunSummary {
  const results = run.caseIds.flatMap((id) => resultsById.get(id) ?? [])
  const lines = results.flatMap((result) => result.lines)
  const whole = results.filter(({ score }) => score !== undefined)
  const scoresOf = (dimension: Dimension) => results.flatMap(({ judgements }) => judgements[dimension].score ?? [])
  const rounds = results.map(({ actorRounds }) => actorRounds)
  // Means as the published ones were added up; the drawing is for their intervals alone.
  const averages = averagesOf(results)
  const withMean = (interval: Interval | undefined, mean: number | undefined) =>
    interval && mean !== undefined ? { ...interval, mean } : undefined
  return {
    run,
    cases: results.length,
    dimensions: byDimension((dimension) =>
      withMean(bootstrap(scoresOf(dimension), run.seed + dimension), averages.dimensions[dimension]),
    ),
    average: withMean(
      bootstrapOf(whole, (drawn) => averagesOf(drawn).average ?? 0, `${run.seed}average`),
      averages.average,
    ),
    bleu: withMean(
      bootstrap(
        results.map(({ bleu }) => bleu),
        `${run.seed}bleu`,
      ),
      averages.bleu,
    ),
    rougeL: withMean(
      bootstrap(
        results.map(({ rougeL }) => rougeL),
        `${run.seed}rouge`,
      ),
      averages.rougeL,
    ),
    meanActorRounds: rounds.length > 0 ? rounds.reduce((sum, value) => sum + value, 0) / rounds.length : 0,
    unreadable: countStates(results, 'unreadable'),
    unanswered: countStates(results, 'unanswered'),
    failedTurns: lines.filter(({ failed }) => failed).length,
    drawnSpeakers: lines.filter(({ drewNext, given }) => drewNext && !given).length,
  }
}
