import { readBenchReport } from '#core/bench-like/bench-report.ts'
import type { BenchReport } from '#core/bench-like/bench-summary.ts'
import type { JsonValue } from '#core/job.ts'
import type { Benching } from '#engine/bench-like/benching.ts'
import { useLab, useReport } from './lab.ts'

/** Models that are measured in long dialogues; undefined until their code is here. */
export function useBenching(): Benching | undefined {
  return useLab()?.benching
}

/** What came of a run by now. */
export function useBenchReport(records: ReadonlyMap<string, JsonValue> | undefined): BenchReport | undefined {
  return useReport(records, readBenchReport, isResult)
}

function isResult(key: string): boolean {
  return key.startsWith('dialogue/')
}
