import { createJobs } from '#engine/jobs.ts'
import type { LocksPort } from '#ports/locks.ts'
import type { StoragePort } from '#ports/storage.ts'
import type { Lab } from '#state/lab-services.ts'

interface Parts {
  readonly storage: StoragePort
  readonly locks: LocksPort
  /** Unix milliseconds. */
  readonly now: () => number
  readonly createId: () => string
}

/** Builds what the Lab works with. */
export function wireLab(parts: Parts): Lab {
  return { jobs: createJobs(parts) }
}
