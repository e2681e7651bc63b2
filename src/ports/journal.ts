import type { JsonValue } from '#core/job.ts'

/**
 * What a job found out so far, by the key of each step. A job that is begun again with its journal goes through the steps
 * that are in it at once and on from there, so resuming is replaying.
 */
export interface Journal {
  get(key: string): JsonValue | undefined
  /** On disk when it resolves. A key is written once; what comes after it is left out. */
  append(key: string, value: JsonValue): Promise<void>
}
