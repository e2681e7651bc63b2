import { useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { readReport } from '#core/coser/report/read-report.ts'
import type { RunReport } from '#core/coser/report/run-report.ts'
import type { JobId } from '#core/ids.ts'
import type { JsonValue } from '#core/job.ts'
import type { CallsProgress } from '#engine/calls/create-calls.ts'
import type { Evaluating } from '#engine/evaluation/evaluating.ts'
import { useLab } from './lab.ts'

const nothingRuns = createStore<{ readonly jobs: ReadonlyMap<JobId, CallsProgress> }>(() => ({ jobs: new Map() }))

/** Models that are measured; undefined until their code is here. */
export function useEvaluating(): Evaluating | undefined {
  return useLab()?.evaluating
}

/** How far a run is that goes on in this tab. */
export function useRunProgress(jobId: JobId): CallsProgress | undefined {
  const evaluating = useEvaluating()
  return useStore(evaluating?.progress ?? nothingRuns, ({ jobs }) => jobs.get(jobId))
}

/** What came of a run by now. It is summed up anew only when another case is done: the intervals take their time. */
export function useRunReport(records: ReadonlyMap<string, JsonValue> | undefined): RunReport | undefined {
  const done = useMemo(() => [...(records?.keys() ?? [])].filter((key) => key.endsWith('/result')).length, [records])
  const isRead = records !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the records only those results make a difference
  return useMemo(() => (records ? readReport(records) : undefined), [done, isRead])
}
