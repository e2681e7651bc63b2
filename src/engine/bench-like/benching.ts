import { readBenchReport } from '#core/bench-like/bench-report.ts'
import type { BenchReport } from '#core/bench-like/bench-summary.ts'
import {
  type BenchPart,
  type BenchRun,
  benchRecords,
  benchRunKey,
  dialoguesOf,
  readBenchPlan,
  readBenchRun,
} from '#core/bench-like/run-header.ts'
import type { BenchSeed } from '#core/bench-like/seed.ts'
import type { ConnectionId, JobId } from '#core/ids.ts'
import type { Jobs } from '../jobs.ts'
import { type JobEnd, type ModelCourse, type ModelJobs, mostAtOnce } from '../model-jobs.ts'
import { runBenchLike } from './run-bench-like.ts'

/** Runs of Role-Play-Bench-like as jobs of this browser. */
export interface Benching {
  /** Writes down a run and its seeds. Nothing is asked yet. */
  create(
    wanted: Omit<BenchRun, 'kind' | 'models' | 'seedIds'>,
    seeds: readonly BenchSeed[],
    connections: Readonly<Record<BenchPart, ConnectionId>>,
  ): Promise<JobId>
  /** Does a run, or goes on with it. */
  run(jobId: JobId): Promise<JobEnd>
  /** Runs as far as they are; those that can't be read are left out. */
  reportsOf(jobIds: readonly JobId[]): Promise<readonly BenchReport[]>
}

interface Dependencies {
  readonly jobs: Jobs
  readonly modelJobs: ModelJobs
}

export function createBenching({ jobs, modelJobs }: Dependencies): Benching {
  return {
    create: async (wanted, seeds, connections) => {
      const models = await modelJobs.modelsOf(connections)
      const run: BenchRun = { ...wanted, kind: 'bench-like', models, seedIds: seeds.map(({ id }) => id) }
      return jobs.create('bench-like', wanted.title, { connections }, Object.fromEntries(benchRecords(run, seeds)))
    },
    run: (jobId) => modelJobs.run(jobId, work),
    reportsOf: (jobIds) => modelJobs.reportsOf(jobIds, readBenchReport),
  }
}

async function work({ job, journal, signal, connectionOf, callsOver, tellSteps }: ModelCourse): Promise<void> {
  const run = readBenchRun(journal.get(benchRunKey))
  if (!run) throw new Error(`The run of ${job.id} can’t be read`)
  const connections = readBenchPlan(job.plan)
  const callsOf = async (part: BenchPart) => callsOver(await connectionOf(connections[part] as ConnectionId))
  const calls = {
    actor: await callsOf('actor'),
    simulator: await callsOf('simulator'),
    judge: await callsOf('judge'),
  }
  const total = dialoguesOf(run).length
  let done = 0
  tellSteps(done, total)
  await runBenchLike({
    run,
    calls,
    journal,
    atOnce: mostAtOnce,
    signal,
    onEvent: ({ type }) => {
      if (type === 'dialogue-end') tellSteps(++done, total)
    },
  })
}
