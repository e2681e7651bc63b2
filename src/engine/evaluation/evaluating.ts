import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Connection } from '#core/connection.ts'
import type { EvaluationCase } from '#core/coser/evaluation-case.ts'
import { readReport } from '#core/coser/report/read-report.ts'
import type { RunReport } from '#core/coser/report/run-report.ts'
import {
  caseKey,
  headerKey,
  type RunHeader,
  type RunPart,
  readKeptCase,
  readRunHeader,
  readRunPlan,
} from '#core/coser/run-header.ts'
import { demoConnection } from '#core/demo-connection.ts'
import { describeModelError } from '#core/describe-model-error.ts'
import type { ConnectionId, JobId } from '#core/ids.ts'
import type { Job, JsonValue } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import type { Journal } from '#ports/journal.ts'
import { ModelFailure, type OpenModel } from '#ports/model.ts'
import type { StoragePort } from '#ports/storage.ts'
import { type Calls, type CallsProgress, createCalls } from '../calls/create-calls.ts'
import type { Jobs } from '../jobs.ts'
import { runEvaluation } from './run-evaluation.ts'

/** How a run ended here; a problem is a sentence. */
export type RunEnd =
  | { readonly kind: 'done' | 'paused' | 'elsewhere' }
  | { readonly kind: 'failed'; readonly problem: string }

/** A case as it was read, and as it stood in its file. */
export interface ChosenCase {
  readonly test: EvaluationCase
  readonly raw: JsonValue
}

/** Evaluations as jobs of this browser. */
export interface Evaluating {
  /** How far the runs are that go on in this tab: calls of all parts together. */
  readonly progress: StoreApi<{ readonly jobs: ReadonlyMap<JobId, CallsProgress> }>
  /** Writes down a run and its cases. Nothing is asked yet. */
  create(
    wanted: Omit<RunHeader, 'kind' | 'models' | 'caseIds'>,
    cases: readonly ChosenCase[],
    connections: Readonly<Record<RunPart, ConnectionId>>,
  ): Promise<JobId>
  /** Does a run, or goes on with it. */
  run(jobId: JobId): Promise<RunEnd>
  /** Runs as far as they are; those that can't be read are left out. */
  reportsOf(jobIds: readonly JobId[]): Promise<readonly RunReport[]>
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
const mostAtOnce = 5

export function createEvaluating({ storage, openModel, jobs, now, wait, random }: Dependencies): Evaluating {
  const progress = createStore<{ readonly jobs: ReadonlyMap<JobId, CallsProgress> }>(() => ({ jobs: new Map() }))

  return {
    progress,

    create: async (wanted, cases, connections) => {
      const models = Object.fromEntries(
        await Promise.all(
          Object.entries(connections).map(async ([part, id]) => [part, (await connectionOf(id)).model] as const),
        ),
      ) as RunHeader['models']
      const header: RunHeader = { ...wanted, kind: 'coser', models, caseIds: cases.map(({ test }) => test.id) }
      return jobs.create(
        'evaluate',
        wanted.title,
        { connections },
        {
          [headerKey]: header as unknown as JsonValue,
          ...Object.fromEntries(cases.map(({ test, raw }) => [caseKey(test.id), raw])),
        },
      )
    },

    run: async (jobId) => {
      try {
        return { kind: await jobs.run(jobId, work) }
      } catch (error) {
        if (error instanceof GoneConnection) return { kind: 'failed', problem: t('A connection of this run is gone.') }
        if (!(error instanceof ModelFailure)) throw error
        return { kind: 'failed', problem: describeModelError(error.error).sentence }
      } finally {
        show(jobId, undefined)
      }
    },

    reportsOf: async (jobIds) => {
      const reports: RunReport[] = []
      for (const id of jobIds) {
        const records = await storage.recordsOf(id)
        const report = readReport(new Map(records.map(({ key, value }) => [key, value])))
        if (report) reports.push(report)
      }
      return reports
    },
  }

  async function work(job: Job, journal: Journal, signal: AbortSignal): Promise<void> {
    const run = readRunHeader(journal.get(headerKey))
    if (!run) throw new Error(`The run of ${job.id} can’t be read`)
    const connections = readRunPlan(job.plan)
    const made = new Map<string, Calls>()
    const showAll = () => show(job.id, sumOf([...made.values()]))
    const callsOf = async (id: string) => {
      const known = made.get(id)
      if (known) return known
      const models = [await openModel(await connectionOf(id as ConnectionId))]
      const calls = createCalls({ models, journal, mostAtOnce, now, wait, random, onProgress: showAll })
      made.set(id, calls)
      return calls
    }
    const calls = {
      actor: await callsOf(connections.actor),
      environment: await callsOf(connections.environment),
      'next-speaker': await callsOf(connections['next-speaker']),
      judge: await callsOf(connections.judge),
    }
    const cases = run.caseIds.flatMap((id) => readKeptCase(id, journal.get(caseKey(id)), run) ?? [])
    showAll()
    await runEvaluation({ run, cases, calls, journal, atOnce: mostAtOnce, signal })
  }

  async function connectionOf(id: ConnectionId): Promise<Connection> {
    const kept = id === demoConnection.id ? demoConnection : await storage.get('connections', id)
    if (!kept) throw new GoneConnection()
    return kept
  }

  function show(jobId: JobId, made: CallsProgress | undefined): void {
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
