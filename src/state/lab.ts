import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { JobId } from '#core/ids.ts'
import type { Job, JobKind, JsonValue } from '#core/job.ts'
import type { JobProgress, ModelJobs } from '#engine/model-jobs.ts'
import type { Lab } from './lab-services.ts'
import { useServices } from './services.tsx'

/** The Lab, once its code is here. */
export function useLab(): Lab | undefined {
  const { openLab } = useServices()
  return useQuery({ queryKey: ['lab'], queryFn: openLab, staleTime: Number.POSITIVE_INFINITY }).data
}

/** The jobs of some kinds that are not deleted, the newest first; undefined until they are read. */
export function useJobs(...kinds: readonly JobKind[]): readonly Job[] | undefined {
  const { storage } = useServices()
  const { data } = useQuery({ queryKey: ['jobs'], queryFn: () => storage.list('jobs') })
  return data
    ?.filter(({ kind, deletedAt }) => kinds.includes(kind) && deletedAt === undefined)
    .sort((one, other) => other.createdAt - one.createdAt)
}

const nothingRuns: ModelJobs['progress'] = createStore(() => ({ jobs: new Map() }))

/** How far a job is that goes on in this tab. */
export function useJobProgress(id: JobId): JobProgress | undefined {
  return useStore(useLab()?.modelJobs.progress ?? nothingRuns, ({ jobs }) => jobs.get(id))
}

/**
 * What came of a job by now. It is summed up anew only when another of its steps is done: the intervals take their time.
 */
export function useReport<Report>(
  records: ReadonlyMap<string, JsonValue> | undefined,
  read: (records: ReadonlyMap<string, JsonValue>) => Report | undefined,
  isResult: (key: string) => boolean,
): Report | undefined {
  const done = [...(records?.keys() ?? [])].filter(isResult).length
  const isRead = records !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the records only those results make a difference
  return useMemo(() => (records ? read(records) : undefined), [done, isRead])
}

/** How often what is shown of a running job changes at most, in milliseconds. */
const showEveryMs = 100

/** What a job found out, by step, and what it finds out while it is looked at, in any tab; undefined until it is read. */
export function useJobRecords(id: JobId): ReadonlyMap<string, JsonValue> | undefined {
  const { storage } = useServices()
  const [records, setRecords] = useState<ReadonlyMap<string, JsonValue>>()
  useEffect(() => {
    const known = new Map<string, JsonValue>()
    let isRead = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = () => {
      timer = undefined
      setRecords(new Map(known))
    }
    const leave = storage.onChange((changes) => {
      const found = changes.filter((change) => change.table === 'jobRecords' && change.type === 'put')
      for (const { row } of found) if (row.jobId === id) known.set(row.key, row.value)
      if (isRead && found.some(({ row }) => row.jobId === id)) timer ??= setTimeout(show, showEveryMs)
    })
    void storage.recordsOf(id).then((rows) => {
      for (const { key, value } of rows) known.set(key, value)
      isRead = true
      show()
    })
    return () => {
      leave()
      clearTimeout(timer)
    }
  }, [storage, id])
  return records
}
