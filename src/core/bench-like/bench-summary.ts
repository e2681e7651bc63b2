import { bootstrap, type Interval } from '#core/coser/bootstrap.ts'
import { withInterval } from '#core/coser/report/report-page.ts'
import { toldText } from './bench-line.ts'
import type { DialogueResult } from './dialogue-result.ts'
import {
  benchName,
  benchNote,
  type Dimension,
  type DimensionScores,
  dimensions,
  meanScores,
  type Pillar,
  pillarParts,
  pillarScores,
  pillars,
} from './rubric.ts'
import { type BenchRun, dialoguesOf } from './run-header.ts'

/** Results of a run by seed, each in the order it was played; those that are not done are missing. */
export type ResultsBySeed = ReadonlyMap<string, readonly DialogueResult[]>

/** A run in numbers, with everything that moves a score. */
export interface BenchSummary {
  readonly run: BenchRun
  readonly dialogues: number
  /** Means over seeds with 95 % intervals; undefined where nothing was judged. */
  readonly overall: Interval | undefined
  readonly pillars: Readonly<Record<Pillar, Interval | undefined>>
  readonly dimensions: Readonly<Record<Dimension, Interval | undefined>>
  /** Seeds of which nothing could be judged. */
  readonly seedsWithoutScore: number
  readonly stretches: number
  /** Stretches left out, since the judge's answer could not be read or did not come. */
  readonly unreadable: number
  readonly unanswered: number
  /** Lines that a model did not give, the character's and the simulator's. */
  readonly failedLines: number
  /** Lines of the character that were given, and in which nothing is said or done. */
  readonly silentLines: number
  readonly misalignments: number
}

/** A run with all there is to show of it. */
export interface BenchReport {
  readonly summary: BenchSummary
  readonly results: ResultsBySeed
}

/** The scores of a seed: the mean over its runs of the mean over their stretches. */
export function seedScores(results: readonly DialogueResult[]): DimensionScores | undefined {
  return meanScores(
    results.flatMap(({ stretches }) => meanScores(stretches.flatMap(({ scores }) => scores ?? [])) ?? []),
  )
}

/** Sums a run up. The intervals, over seeds, follow from the results and the run's seed. */
export function summariseBench(run: BenchRun, results: ResultsBySeed): BenchSummary {
  const all = [...results.values()].flat()
  const lines = all.flatMap((result) => result.lines)
  const stretches = all.flatMap((result) => result.stretches)
  const perSeed = run.seedIds.flatMap((id) => seedScores(results.get(id) ?? []) ?? [])
  const perSeedPillars = perSeed.map(pillarScores)
  const begun = run.seedIds.filter((id) => (results.get(id) ?? []).length > 0).length
  const pillarOf = (pillar: Pillar) => [
    pillar,
    bootstrap(
      perSeedPillars.map((scores) => scores[pillar]),
      run.seed + pillar,
    ),
  ]
  const dimensionOf = (dimension: Dimension) => [
    dimension,
    bootstrap(
      perSeed.map((scores) => scores[dimension]),
      run.seed + dimension,
    ),
  ]
  return {
    run,
    dialogues: all.length,
    overall: bootstrap(
      perSeedPillars.map(({ overall }) => overall),
      `${run.seed}overall`,
    ),
    pillars: Object.fromEntries(pillars.map(pillarOf)),
    dimensions: Object.fromEntries(dimensions.map(dimensionOf)),
    seedsWithoutScore: begun - perSeed.length,
    stretches: stretches.length,
    unreadable: stretches.filter(({ state }) => state === 'unreadable').length,
    unanswered: stretches.filter(({ state }) => state === 'unanswered').length,
    failedLines: lines.filter(({ failed }) => failed).length,
    silentLines: lines.filter((line) => line.side === 'ai' && !line.failed && toldText(line) === '').length,
    misalignments: stretches.reduce((sum, stretch) => sum + stretch.misalignments.length, 0),
  }
}

/** A run in lines of plain text: no score without what it was made with and what was left out. */
export function benchLines(summary: BenchSummary): string[] {
  const { run } = summary
  const rows: readonly (readonly [string, Interval | undefined])[] = [
    ['Overall', summary.overall],
    ...pillars.map((pillar) => [pillarParts[pillar].title, summary.pillars[pillar]] as const),
    ...dimensions.map((dimension) => [`  ${dimension}`, summary.dimensions[dimension]] as const),
  ]
  return [
    `${benchName} ${run.title}: actor ${run.models.actor}, simulated user ${run.models.simulator}, judge ${run.models.judge}`,
    `${summary.dialogues} of ${dialoguesOf(run).length} dialogues (${run.seedIds.length} seeds, ${run.runs} runs each), ${run.turns} turns, judged by ${run.stretch}, seed ${run.seed}`,
    `${summary.unreadable} of ${summary.stretches} stretches unreadable and ${summary.unanswered} not judged, left out of the means; ${summary.seedsWithoutScore} seeds without a score`,
    `${summary.failedLines} lines failed, ${summary.silentLines} of the character without words, ${summary.misalignments} misalignments`,
    ...rows.map(([title, interval]) => `${title.padEnd(24)}${withInterval(interval)}`),
    benchNote,
  ]
}
