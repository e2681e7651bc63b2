import type { Jobs } from '#engine/jobs.ts'
import type { Taste } from '#engine/taste/taste.ts'

/** What the Lab works with. Its code comes when the Lab is first opened. */
export interface Lab {
  readonly jobs: Jobs
  /** Takes against each other. */
  readonly taste: Taste
}
