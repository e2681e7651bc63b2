import type { JsonValue } from '#core/job.ts'
import { readCaseResult, resultKey } from '../case-result.ts'
import { caseKey, headerKey, readKeptCase, readRunHeader } from '../run-header.ts'
import { type RunReport, reportRun } from './run-report.ts'

/** The report of a run from its journal, as far as it is; undefined where that is no run of this kind. */
export function readReport(steps: ReadonlyMap<string, JsonValue>): RunReport | undefined {
  const run = readRunHeader(steps.get(headerKey))
  if (!run) return undefined
  const tests = new Map(
    run.caseIds.flatMap((id) => {
      const test = readKeptCase(id, steps.get(caseKey(id)), run)
      return test ? [[id, test] as const] : []
    }),
  )
  const results = new Map(
    run.caseIds.flatMap((id) => {
      const result = readCaseResult(steps.get(resultKey(id)))
      return result ? [[id, result] as const] : []
    }),
  )
  return reportRun(run, tests, results)
}
