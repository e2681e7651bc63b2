import type { Benching } from '#engine/bench-like/benching.ts'
import type { Enhancing } from '#engine/enhance/enhancing.ts'
import type { Evaluating } from '#engine/evaluation/evaluating.ts'
import type { Jobs } from '#engine/jobs.ts'
import type { ModelJobs } from '#engine/model-jobs.ts'
import type { Taste } from '#engine/taste/taste.ts'
import type { Training } from '#engine/training/training.ts'

/** What the Lab works with. Its code comes when the Lab is first opened. */
export interface Lab {
  readonly jobs: Jobs
  readonly modelJobs: ModelJobs
  /** Thoughts and plans that are written afterwards. */
  readonly enhancing: Enhancing
  /** Takes against each other. */
  readonly taste: Taste
  /** Chats and scenes as rows to train on. */
  readonly training: Training
  /** Models that are measured. */
  readonly evaluating: Evaluating
  /** Models that are measured in long dialogues. */
  readonly benching: Benching
}
