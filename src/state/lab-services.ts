import type { Enhancing } from '#engine/enhance/enhancing.ts'
import type { Jobs } from '#engine/jobs.ts'

/** What the Lab works with. Its code comes when the Lab is first opened. */
export interface Lab {
  readonly jobs: Jobs
  readonly enhancing: Enhancing
}
