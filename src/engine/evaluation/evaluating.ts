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
  runRecords,
} from '#core/coser/run-header.ts'
import type { ConnectionId, JobId } from '#core/ids.ts'
import type { JsonValue } from '#core/job.ts'
import type { Jobs } from '../jobs.ts'
import { type JobEnd, type ModelCourse, type ModelJobs, mostAtOnce } from '../model-jobs.ts'
import { runEvaluation } from './run-evaluation.ts'

/** A case as it was read, and as it stood in its file. */
export interface ChosenCase {
  readonly test: EvaluationCase
  readonly raw: JsonValue
}

/** Evaluations as jobs of this browser. */
export interface Evaluating {
  /** Writes down a run and its cases. Nothing is asked yet. */
  create(
    wanted: Omit<RunHeader, 'kind' | 'models' | 'caseIds'>,
    cases: readonly ChosenCase[],
    connections: Readonly<Record<RunPart, ConnectionId>>,
  ): Promise<JobId>
  /** Does a run, or goes on with it. */
  run(jobId: JobId): Promise<JobEnd>
  /** Runs as far as they are; those that can't be read are left out. */
  reportsOf(jobIds: readonly JobId[]): Promise<readonly RunReport[]>
}

interface Dependencies {
  readonly jobs: Jobs
  readonly modelJobs: ModelJobs
}

export function createEvaluating({ jobs, modelJobs }: Dependencies): Evaluating {
  return {
    create: async (wanted, cases, connections) => {
      const models = await modelJobs.modelsOf(connections)
      const header: RunHeader = { ...wanted, kind: 'coser', models, caseIds: cases.map(({ test }) => test.id) }
      const raw = new Map(cases.map((one) => [one.test.id, one.raw]))
      return jobs.create('evaluate', wanted.title, { connections }, Object.fromEntries(runRecords(header, raw)))
    },
    run: (jobId) => modelJobs.run(jobId, work),
    reportsOf: (jobIds) => modelJobs.reportsOf(jobIds, readReport),
  }
}

async function work({ job, journal, signal, connectionOf, callsOver, tellSteps }: ModelCourse): Promise<void> {
  const run = readRunHeader(journal.get(headerKey))
  if (!run) throw new Error(`The run of ${job.id} can’t be read`)
  const connections = readRunPlan(job.plan)
  const callsOf = async (part: RunPart) => callsOver(await connectionOf(connections[part] as ConnectionId))
  const calls = {
    actor: await callsOf('actor'),
    environment: await callsOf('environment'),
    'next-speaker': await callsOf('next-speaker'),
    judge: await callsOf('judge'),
  }
  const cases = run.caseIds.flatMap((id) => readKeptCase(id, journal.get(caseKey(id)), run) ?? [])
  let done = 0
  tellSteps(done, cases.length)
  await runEvaluation({
    run,
    cases,
    calls,
    journal,
    atOnce: mostAtOnce,
    signal,
    onEvent: ({ type }) => {
      if (type === 'case-end') tellSteps(++done, cases.length)
    },
  })
}
