import type { JobId } from './ids.ts'

/** What a job's steps may be kept as. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue | undefined }

/** What kinds of work go on for longer than a page may be open. */
export type JobKind = 'enhance' | 'judge' | 'evaluate' | 'bench-like'

/**
 * Work in many steps that is begun once, paused and gone on with. What it found out is in its records; this row says
 * what was asked for.
 */
export interface Job {
  readonly id: JobId
  readonly kind: JobKind
  readonly title: string
  /** All that its course depends on, as its kind has it: with the same plan and records it comes to the same end. */
  readonly plan: JsonValue
  /** `running` in a tab that is gone is a job that was cut off: it can be gone on with, like a paused one. */
  readonly state: 'running' | 'paused' | 'done'
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly deletedAt?: number
}

/** What one step of a job came to. Written once. */
export interface JobRecord {
  readonly jobId: JobId
  /** Which step: the same whenever the job is begun again (`King Lear-17-0/3/actor`). */
  readonly key: string
  readonly value: JsonValue
}
