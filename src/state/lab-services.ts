import type { Jobs } from '#engine/jobs.ts'
import type { Taste } from '#engine/taste/taste.ts'
import type { Training } from '#engine/training/training.ts'

/** What the Lab works with. Its code comes when the Lab is first opened. */
export interface Lab {
  readonly jobs: Jobs
  /** Takes against each other. */
  readonly taste: Taste
  /** Chats and scenes as rows to train on. */
  readonly training: Training
}
