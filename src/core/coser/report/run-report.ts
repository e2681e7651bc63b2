import { difference, type Interval } from '../bootstrap.ts'
import type { CaseResult } from '../case-result.ts'
import { isClear } from '../compare-scores.ts'
import type { EvaluationCase } from '../evaluation-case.ts'
import { judgedTexts } from '../judge-prompt.ts'
import { placeFlaw } from '../place-flaw.ts'
import type { Flaw } from '../read-judgement.ts'
import { type Dimension, dimensions } from '../rubric.ts'
import { presetOf, type RunHeader } from '../run-header.ts'
import { type RunSummary, summarise } from '../run-summary.ts'

/** A run with all there is to show of it. */
export interface RunReport {
  readonly summary: RunSummary
  /** Those that are done, in the order of the run. */
  readonly cases: readonly CaseReport[]
}

export interface CaseReport {
  /** Without the case itself where the journal does not keep it. */
  readonly test: EvaluationCase | undefined
  readonly id: string
  readonly result: CaseResult
}

/** A flaw with the dimension it was found in. */
export interface FoundFlaw extends Flaw {
  readonly dimension: Dimension
}

export interface FlawsOnLines {
  /** For each line of the play the flaws that quote it. */
  readonly byLine: readonly (readonly FoundFlaw[])[]
  /** Those that are about no line in particular. */
  readonly ofWhole: readonly FoundFlaw[]
}

/** A run, its cases and its results together. */
export function reportRun(
  run: RunHeader,
  testsById: ReadonlyMap<string, EvaluationCase>,
  resultsById: ReadonlyMap<string, CaseResult>,
): RunReport {
  const cases = run.caseIds.flatMap((id) => {
    const result = resultsById.get(id)
    return result ? [{ id, test: testsById.get(id), result }] : []
  })
  return { summary: summarise(run, resultsById), cases }
}

/** Puts each flaw on the line it quotes. */
export function placeFlaws(test: EvaluationCase | undefined, result: CaseResult, run: RunHeader): FlawsOnLines {
  const lines = test ? judgedTexts(test, result.lines, presetOf(run)).lines : result.lines.map(({ text }) => text)
  const byLine: FoundFlaw[][] = result.lines.map(() => [])
  const ofWhole: FoundFlaw[] = []
  for (const dimension of dimensions) {
    for (const flaw of result.judgements[dimension].flaws) {
      const place = placeFlaw(flaw.instance, lines)
      const list = (place === undefined ? undefined : byLine[place]) ?? ofWhole
      list.push({ ...flaw, dimension })
    }
  }
  return { byLine, ofWhole }
}

/** By how much a run is ahead of the first, in the average of its cases. */
export interface RunDifference extends Interval {
  /** Case by case; otherwise the two have not the same cases. */
  readonly paired: boolean
  /** The interval does not hold nought. */
  readonly isClear: boolean
}

export function compareRuns(first: RunReport, other: RunReport): RunDifference | undefined {
  const found = difference(scoresById(other), scoresById(first), `${first.summary.run.seed}difference`)
  return found && { ...found, isClear: isClear(found) }
}

function scoresById({ cases }: RunReport): Map<string, number> {
  return new Map(cases.flatMap(({ id, result }) => (result.score === undefined ? [] : [[id, result.score] as const])))
}
