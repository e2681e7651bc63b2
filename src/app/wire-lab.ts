import { packLines } from '#adapters/pack-lines.ts'
import { wait } from '#adapters/wait.ts'
import { createBenching } from '#engine/bench-like/benching.ts'
import type { ChatDependencies } from '#engine/chat-dependencies.ts'
import type { ChatEngine } from '#engine/chat-engine.ts'
import { createEnhancing } from '#engine/enhance/enhancing.ts'
import { createEvaluating } from '#engine/evaluation/evaluating.ts'
import { createJobs } from '#engine/jobs.ts'
import { createModelJobs } from '#engine/model-jobs.ts'
import { createTaste } from '#engine/taste/taste.ts'
import { createTraining } from '#engine/training/training.ts'
import type { Lab } from '#state/lab-services.ts'

interface Parts extends Omit<ChatDependencies, 'between'> {
  readonly chat: ChatEngine
}

/** Builds what the Lab works with. */
export function wireLab(parts: Parts): Lab {
  const jobs = createJobs(parts)
  const modelJobs = createModelJobs({ ...parts, jobs, wait, random: Math.random })
  return {
    jobs,
    modelJobs,
    enhancing: createEnhancing({ ...parts, jobs, modelJobs }),
    evaluating: createEvaluating({ jobs, modelJobs }),
    benching: createBenching({ jobs, modelJobs }),
    taste: createTaste({ ...parts, jobs, wait, random: Math.random }),
    training: createTraining({ storage: parts.storage, packLines, breathe }),
  }
}

/** Lets whatever else waits in the thread go first. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
