import { writeCsv } from '#core/coser/report/coser-tables.ts'
import { type BenchReport, summariseBench } from './bench-summary.ts'
import { compareBench, compareBenchSeeds } from './compare-bench.ts'
import { type DialogueResult, readDialogueResult } from './dialogue-result.ts'
import { benchName, benchNote, dimensions, meanScores, pillarScores, pillars } from './rubric.ts'
import { benchRunKey, dialogueKey, readBenchRun, type Steps } from './run-header.ts'

/** The report of a run from its journal, as far as it is; undefined where that is no run of this kind. */
export function readBenchReport(steps: Steps): BenchReport | undefined {
  const run = readBenchRun(steps.get(benchRunKey))
  if (!run) return undefined
  const indices = Array.from({ length: run.runs }, (_, index) => index)
  const results = new Map(
    run.seedIds.map((seedId) => [
      seedId,
      indices.flatMap((index) => readDialogueResult(steps.get(dialogueKey({ seedId, index }))) ?? []),
    ]),
  )
  return { summary: summariseBench(run, results), results }
}

/** One row a dialogue, of all runs. */
export function benchCsv(reports: readonly BenchReport[]): string {
  const header = [
    ...['bench', 'run', 'actor', 'simulator', 'judge', 'turns', 'seed', 'number'],
    ...[...dimensions, ...pillars, 'overall', 'stretches', 'unreadable', 'unanswered', 'failed_lines', 'misalignments'],
  ]
  const rows = reports.flatMap(({ summary: { run }, results }) =>
    [...results].flatMap(([id, all]) =>
      all.map((result) => [
        ...[
          benchName,
          run.title,
          run.models.actor,
          run.models.simulator,
          run.models.judge,
          run.turns,
          id,
          result.index + 1,
        ],
        ...dialogueCells(result),
      ]),
    ),
  )
  return writeCsv([header, ...rows])
}

function dialogueCells({ stretches, lines }: DialogueResult): (string | number)[] {
  const scores = meanScores(stretches.flatMap((stretch) => stretch.scores ?? []))
  const summed = scores && pillarScores(scores)
  return [
    ...dimensions.map((dimension) => scores?.[dimension] ?? ''),
    ...pillars.map((pillar) => summed?.[pillar] ?? ''),
    summed?.overall ?? '',
    stretches.length,
    stretches.filter(({ state }) => state === 'unreadable').length,
    stretches.filter(({ state }) => state === 'unanswered').length,
    lines.filter(({ failed }) => failed).length,
    stretches.reduce((sum, { misalignments }) => sum + misalignments.length, 0),
  ]
}

/** Everything, to compute with: summaries, every line, every stretch, and each run against the first. */
export function benchJson(reports: readonly BenchReport[]): string {
  const [first] = reports
  const value = {
    format: 'subtext-role-play-bench-like-report',
    version: 1,
    note: benchNote,
    runs: reports.map((report) => ({
      ...report.summary,
      ...(first &&
        report !== first && {
          againstFirst: { ...compareBench(first, report), seedBySeed: compareBenchSeeds(first, report) },
        }),
      dialogues: [...report.results].flatMap(([seedId, all]) =>
        all.map((result) => ({ seedId, run: result.index + 1, ...result })),
      ),
    })),
  }
  return `${JSON.stringify(value, undefined, 2)}\n`
}
