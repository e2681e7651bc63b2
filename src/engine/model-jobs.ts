import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Connection } from '#core/connection.ts'
import { demoConnection } from '#core/demo-connection.ts'
import { describeModelError } from '#core/describe-model-error.ts'
import type { ConnectionId, JobId } from '#core/ids.ts'
import type { Job, JsonValue } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import type { Journal } from '#ports/journal.ts'
import { ModelFailure, type OpenModel } from '#ports/model.ts'
import type { StoragePort } from '#ports/storage.ts'
import { type Calls, type CallsProgress, createCalls } from './calls/create-calls.ts'
import type { Jobs } from './jobs.ts'

/** How a job ended here; a problem is a sentence. */
export type JobEnd =
  | { readonly kind: 'done' | 'paused' | 'elsewhere' }
  | { readonly kind: 'failed'; readonly problem: string }

/** How far a job is. */
export interface JobProgress {
  /** Of all its models together. */
  readonly calls: CallsProgress
  /** What it is made of: cases, dialogues. Missing where it does not count any. */
  readonly steps?: { readonly done: number; readonly total: number }
}

/** What a job works with while it runs. */
export interface ModelCourse {
  readonly job: Job
  readonly journal: Journal
  readonly signal: AbortSignal
  /** Rejects where it is gone: the job ends with that. */
  connectionOf(id: ConnectionId): Promise<Connection>
  /** The calls to a connection; parts that share one share its limit. */
  callsOver(connection: Connection): Promise<Calls>
  tellSteps(done: number, total: number): void
}

/** Jobs of this browser that ask models. */
export interface ModelJobs {
  /** Those that go on in this tab. */
  readonly progress: StoreApi<{ readonly jobs: ReadonlyMap<JobId, JobProgress> }>
  /** The name of the model of each connection. */
  modelsOf<Part extends string>(
    connections: Readonly<Record<Part, ConnectionId>>,
  ): Promise<Readonly<Record<Part, string>>>
  /** Does a job, or goes on with it. */
  run(jobId: JobId, work: (course: ModelCourse) => Promise<void>): Promise<JobEnd>
  /** What some jobs came to by now; those that can't be read are left out. */
  reportsOf<Report>(
    jobIds: readonly JobId[],
    read: (steps: ReadonlyMap<string, JsonValue>) => Report | undefined,
  ): Promise<readonly Report[]>
}

interface Dependencies {
  readonly storage: StoragePort
  readonly openModel: OpenModel
  readonly jobs: Jobs
  readonly now: () => number
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  readonly random: () => number
}

/** A browser gives one server six connections, and its reader wants one of them. */
export const mostAtOnce = 5

export function createModelJobs({ storage, openModel, jobs, now, wait, random }: Dependencies): ModelJobs {
  const progress: ModelJobs['progress'] = createStore(() => ({ jobs: new Map() }))

  return {
    progress,

    modelsOf: async <Part extends string>(connections: Readonly<Record<Part, ConnectionId>>) => {
      const entries = Object.entries<ConnectionId>(connections)
      const named = entries.map(async ([part, id]) => [part, (await connectionOf(id)).model] as const)
      return Object.fromEntries(await Promise.all(named)) as Record<Part, string>
    },

    run: async (jobId, work) => {
      try {
        const done = jobs.run(jobId, async (job, journal, signal) => {
          try {
            await work(courseOf(job, journal, signal))
          } finally {
            show(jobId, undefined)
          }
        })
        return { kind: await done }
      } catch (error) {
        if (error instanceof GoneConnection) return { kind: 'failed', problem: t('A connection of this run is gone.') }
        if (!(error instanceof ModelFailure)) throw error
        return { kind: 'failed', problem: describeModelError(error.error).sentence }
      }
    },

    reportsOf: async (jobIds, read) => {
      const all = await Promise.all(jobIds.map((id) => storage.recordsOf(id)))
      return all.flatMap((records) => read(new Map(records.map(({ key, value }) => [key, value]))) ?? [])
    },
  }

  function courseOf(job: Job, journal: Journal, signal: AbortSignal): ModelCourse {
    const made = new Map<string, Promise<Calls>>()
    const opened: Calls[] = []
    let steps: JobProgress['steps']
    const showAll = () => show(job.id, { calls: sumOf(opened), ...(steps && { steps }) })
    const open = async (connection: Connection) => {
      const models = [await openModel(connection)]
      const calls = createCalls({ models, journal, mostAtOnce, now, wait, random, onProgress: showAll })
      opened.push(calls)
      return calls
    }
    showAll()
    return {
      job,
      journal,
      signal,
      connectionOf,
      callsOver: (connection) => {
        const calls = made.get(connection.id) ?? open(connection)
        made.set(connection.id, calls)
        return calls
      },
      tellSteps: (done, total) => {
        steps = { done, total }
        showAll()
      },
    }
  }

  async function connectionOf(id: ConnectionId): Promise<Connection> {
    const kept = id === demoConnection.id ? demoConnection : await storage.get('connections', id)
    if (!kept) throw new GoneConnection()
    return kept
  }

  function show(jobId: JobId, made: JobProgress | undefined): void {
    const shown = new Map(progress.getState().jobs)
    if (made) shown.set(jobId, made)
    else shown.delete(jobId)
    progress.setState({ jobs: shown })
  }
}

class GoneConnection extends Error {}

function sumOf(calls: readonly Calls[]): CallsProgress {
  const all = calls.map(({ progress }) => progress)
  const sum = (of: (progress: CallsProgress) => number) => all.reduce((total, one) => total + of(one), 0)
  return {
    answered: sum((one) => one.answered),
    replayed: sum((one) => one.replayed),
    failed: sum((one) => one.failed),
    retried: sum((one) => one.retried),
    inFlight: sum((one) => one.inFlight),
    atOnce: sum((one) => one.atOnce),
    waiting: sum((one) => one.waiting),
    promptTokens: sum((one) => one.promptTokens),
    completionTokens: sum((one) => one.completionTokens),
  }
}
