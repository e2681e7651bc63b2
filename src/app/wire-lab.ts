import { packLines } from '#adapters/pack-lines.ts'
import { wait } from '#adapters/wait.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId } from '#core/ids.ts'
import { createEnhancing } from '#engine/enhance/enhancing.ts'
import { createJobs } from '#engine/jobs.ts'
import { createTraining } from '#engine/training/training.ts'
import type { LocksPort } from '#ports/locks.ts'
import type { OpenModel } from '#ports/model.ts'
import type { StoragePort } from '#ports/storage.ts'
import type { Lab } from '#state/lab-services.ts'

interface Parts {
  readonly storage: StoragePort
  readonly openModel: OpenModel
  readonly turnsOf: (conversationId: ConversationId) => Promise<readonly Turn[]>
  readonly locks: LocksPort
  /** Unix milliseconds. */
  readonly now: () => number
  readonly createId: () => string
}

/** Builds what the Lab works with. */
export function wireLab(parts: Parts): Lab {
  const jobs = createJobs(parts)
  return {
    jobs,
    enhancing: createEnhancing({ ...parts, jobs, wait, random: Math.random }),
    training: createTraining({ storage: parts.storage, packLines, breathe }),
  }
}

/** Lets whatever else waits in the thread go first. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
