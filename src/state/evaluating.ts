import { readReport } from '#core/coser/report/read-report.ts'
import type { RunReport } from '#core/coser/report/run-report.ts'
import type { JsonValue } from '#core/job.ts'
import type { Evaluating } from '#engine/evaluation/evaluating.ts'
import { useLab, useReport } from './lab.ts'

/** Models that are measured; undefined until their code is here. */
export function useEvaluating(): Evaluating | undefined {
  return useLab()?.evaluating
}

/** What came of a run by now. */
export function useRunReport(records: ReadonlyMap<string, JsonValue> | undefined): RunReport | undefined {
  return useReport(records, readReport, isResult)
}

function isResult(key: string): boolean {
  return key.endsWith('/result')
}
