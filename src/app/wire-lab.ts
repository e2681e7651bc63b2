import { packLines } from '#adapters/pack-lines.ts'
import { wait } from '#adapters/wait.ts'
import type { ChatDependencies } from '#engine/chat-dependencies.ts'
import type { ChatEngine } from '#engine/chat-engine.ts'
import { createJobs } from '#engine/jobs.ts'
import { createTaste } from '#engine/taste/taste.ts'
import { createTraining } from '#engine/training/training.ts'
import type { Lab } from '#state/lab-services.ts'

interface Parts extends Omit<ChatDependencies, 'between'> {
  readonly chat: ChatEngine
}

/** Builds what the Lab works with. */
export function wireLab(parts: Parts): Lab {
  const jobs = createJobs(parts)
  return {
    jobs,
    taste: createTaste({ ...parts, jobs, wait, random: Math.random }),
    training: createTraining({ storage: parts.storage, packLines, breathe }),
  }
}

/** Lets whatever else waits in the thread go first. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
