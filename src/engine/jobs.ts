import type { JobId } from '#core/ids.ts'
import type { Job, JobKind, JsonValue } from '#core/job.ts'
import type { Journal } from '#ports/journal.ts'
import type { LocksPort } from '#ports/locks.ts'
import type { StoragePort } from '#ports/storage.ts'
import { openJobJournal } from './calls/job-journal.ts'
import { editIfAny } from './changes.ts'
import { undeleted } from './undeleted.ts'
import type { Undo } from './undo.ts'

/** What a job does, from its beginning: what is in the journal already takes no time. */
export type Work = (job: Job, journal: Journal, signal: AbortSignal) => Promise<void>

/** Jobs of this browser. */
export interface Jobs {
  /** Writes down what is wanted, and what is known of it from the beginning, in one write. Nothing is done yet. */
  create(kind: JobKind, title: string, plan: JsonValue, known?: Readonly<Record<string, JsonValue>>): Promise<JobId>
  /**
   * Does a job, or goes on with it, until it is done or paused. `elsewhere`: another tab is at it. What `work` rejects
   * with is passed on, and the job is paused.
   */
  run(id: JobId, work: Work): Promise<'done' | 'paused' | 'elsewhere'>
  /** Stops a job that runs here or in another tab; what it found out stays. */
  pause(id: JobId): void
  rename(id: JobId, title: string): Promise<void>
  /** Into the bin's way: marked as deleted, its records stay until it is erased. */
  remove(id: JobId): Promise<Undo>
  /** Deletes a job and all it found out for good. */
  erase(id: JobId): Promise<void>
}

interface Options {
  readonly storage: StoragePort
  readonly locks: LocksPort
  /** Unix milliseconds. */
  readonly now: () => number
  readonly createId: () => string
}

export function createJobs({ storage, locks, now, createId }: Options): Jobs {
  const running = new Map<JobId, AbortController>()
  const lockOf = (id: JobId) => `job ${id}`

  async function change(id: JobId, changed: Partial<Job>): Promise<Job | undefined> {
    let row: Job | undefined
    await storage.write([
      editIfAny('jobs', id, (job) => {
        row = { ...job, ...changed, updatedAt: now() }
        return row
      }),
    ])
    return row
  }

  return {
    create: async (kind, title, plan, known = {}) => {
      const id = createId() as JobId
      const at = now()
      const row: Job = { id, kind, title, plan, state: 'paused', createdAt: at, updatedAt: at }
      await storage.write([
        { type: 'put', table: 'jobs', row },
        ...Object.entries(known).map(
          ([key, value]) => ({ type: 'put', table: 'jobRecords', row: { jobId: id, key, value } }) as const,
        ),
      ])
      return id
    },

    run: async (id, work) => {
      if (running.has(id) || (await locks.isHeld(lockOf(id)))) return 'elsewhere'
      const aborter = new AbortController()
      running.set(id, aborter)
      const release = locks.hold(lockOf(id), () => aborter.abort())
      let state: Job['state'] = 'paused'
      try {
        const job = await change(id, { state: 'running' })
        if (!job) throw new Error(`There is no job ${id}`)
        await work(job, await openJobJournal(storage, id), aborter.signal)
        state = 'done'
        return state
      } catch (error) {
        if (aborter.signal.aborted) return 'paused'
        throw error
      } finally {
        running.delete(id)
        await change(id, { state }).finally(release)
      }
    },

    pause: (id) => {
      const here = running.get(id)
      if (here) here.abort()
      else locks.ask(lockOf(id))
    },

    rename: async (id, title) => void (await change(id, { title })),

    remove: async (id) => {
      await change(id, { deletedAt: now() })
      return () => storage.write([editIfAny('jobs', id, undeleted)])
    },

    erase: async (id) => {
      const records = await storage.recordsOf(id)
      await storage.write([
        ...records.map(({ key }) => ({ type: 'delete', table: 'jobRecords', key: [id, key] }) as const),
        { type: 'delete', table: 'jobs', key: id },
      ])
    },
  }
}
