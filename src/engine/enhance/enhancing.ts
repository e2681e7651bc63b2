import { readOutcome } from '#core/call-outcome.ts'
import type { Connection } from '#core/connection.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, JobId, TurnId } from '#core/ids.ts'
import type { JsonValue } from '#core/job.ts'
import { memberOf } from '#core/scene/cast.ts'
import type { StoryDraft } from '#core/story/story-draft.ts'
import { settingOf } from '#core/training/enhance/character-setting.ts'
import { completeCard } from '#core/training/enhance/complete-card.ts'
import { againKey, type EnhancePlan, readEnhancePlan, takenKey } from '#core/training/enhance/enhance-plan.ts'
import type { EnhancedChat, EnhancedTurn } from '#core/training/enhance/enhanced.ts'
import {
  addEstimates,
  type EnhanceEstimate,
  estimateEnhance,
  nothingToAsk,
} from '#core/training/enhance/estimate-enhance.ts'
import { inParallel } from '#lib/in-parallel.ts'
import type { Journal } from '#ports/journal.ts'
import type { StoragePort } from '#ports/storage.ts'
import { openJobJournal } from '../calls/job-journal.ts'
import type { Jobs } from '../jobs.ts'
import { type JobEnd, type ModelCourse, type ModelJobs, mostAtOnce } from '../model-jobs.ts'
import { budgetOf } from '../reply-basis.ts'
import type { Undo } from '../undo.ts'
import { enhanceStory } from './enhance-story.ts'
import { keepStory } from './keep-story.ts'
import { readEnhanceStory } from './read-enhance-story.ts'
import { takeEnhanced } from './take-enhanced.ts'
import { takeSetting } from './take-setting.ts'

/** Thoughts and plans that are written afterwards, as jobs of this browser. */
export interface Enhancing {
  estimate(plan: Pick<EnhancePlan, 'chats' | 'choice'>): Promise<EnhanceEstimate>
  create(plan: EnhancePlan, title: string): Promise<JobId>
  /** Does a job, or goes on with it. */
  run(jobId: JobId): Promise<JobEnd>
  /** What was written by now; nothing is asked. */
  read(jobId: JobId): Promise<readonly EnhancedChat[]>
  /** Has a turn written once more. */
  again(jobId: JobId, turnId: TurnId): Promise<JobEnd>
  /** Puts turns into their chat as alternates. Gives the first of them; nothing where the chat is gone. */
  take(jobId: JobId, chat: EnhancedChat, turnIds: readonly TurnId[], as: 'branch' | 'take'): Promise<TurnId | undefined>
  /** Puts what a character's setting lacked into its card, as a new version; nothing where that has it, or is gone. */
  takeSetting(chat: EnhancedChat, characterId: CharacterId): Promise<Undo | undefined>
  /** Keeps a story that was read from text as a scene; who is in it is put into the library where nobody there is called so. */
  keepStory(draft: StoryDraft): Promise<ConversationId>
}

interface Dependencies {
  readonly storage: StoragePort
  readonly jobs: Jobs
  readonly modelJobs: ModelJobs
  readonly turnsOf: (conversationId: ConversationId) => Promise<readonly Turn[]>
  readonly now: () => number
  readonly createId: () => string
}

export function createEnhancing(dependencies: Dependencies): Enhancing {
  const { storage, jobs, modelJobs, now, createId } = dependencies

  return {
    estimate: async ({ chats, choice }) => {
      let all = nothingToAsk
      for (const { conversationId, headId } of chats) {
        const story = await readEnhanceStory(dependencies, conversationId, headId)
        if (story) all = addEstimates(all, estimateEnhance(story, choice))
      }
      return all
    },

    create: (plan, title) => jobs.create('enhance', title, plan as unknown as JsonValue),
    run,

    read: async (jobId) => {
      const job = await storage.get('jobs', jobId)
      const plan = job && readEnhancePlan(job.plan)
      if (!plan) return []
      const journal = await openJobJournal(storage, jobId)
      const read: EnhancedChat[] = []
      for (const { conversationId, headId } of plan.chats) {
        const story = await readEnhanceStory(dependencies, conversationId, headId)
        if (!story) continue
        const turns: EnhancedTurn[] = []
        const whole = await enhanceStory(story, plan.choice, {
          ask: async (key) => readOutcome(journal.get(key)) ?? Promise.reject(new NotYet()),
          signal: new AbortController().signal,
          retriesOf: (turnId) => retriesOf(journal, turnId),
          onTurns: (more) => turns.push(...more),
        }).catch((error: unknown) => {
          if (error instanceof NotYet) return undefined
          throw error
        })
        const { title, path, cast } = story
        read.push({
          conversationId,
          headId,
          title,
          path,
          cast,
          turns: whole?.turns ?? turns,
          ...(whole && { story: whole }),
        })
      }
      return read
    },

    again: async (jobId, turnId) => {
      const journal = await openJobJournal(storage, jobId)
      await journal.append(againKey(turnId, retriesOf(journal, turnId) + 1), true)
      return run(jobId)
    },

    take: async (jobId, { conversationId, headId, turns }, turnIds, as) => {
      const job = await storage.get('jobs', jobId)
      const plan = job && readEnhancePlan(job.plan)
      if (!plan) return undefined
      const wanted = turns.filter(({ turnId, stages }) => turnIds.includes(turnId) && stages.length > 0)
      const { model: teacher } = plan.teacher
      const first = await takeEnhanced({ conversationId, headId, turns: wanted, teacher, jobId, as }, dependencies)
      if (first === undefined) return undefined
      const journal = await openJobJournal(storage, jobId)
      for (const { turnId } of wanted) await journal.append(takenKey(turnId), first)
      return first
    },

    takeSetting: async ({ cast, story }, characterId) => {
      const setting = story?.characters.find((each) => each.characterId === characterId)?.setting
      const member = memberOf(characterId, cast)
      if (!setting || !member) return undefined
      const was = settingOf(member)
      return takeSetting(characterId, (document) => completeCard(document, setting, was), dependencies)
    },

    keepStory: (draft) => keepStory(draft, { storage, now, createId }),
  }

  async function run(jobId: JobId): Promise<JobEnd> {
    return modelJobs.run(jobId, work)
  }

  async function work({ job, journal, signal, connectionOf, callsOver }: ModelCourse): Promise<void> {
    const plan = readEnhancePlan(job.plan)
    if (!plan) throw new Error(`The plan of ${job.id} can’t be read`)
    const teacher = teacherOf(await connectionOf(plan.teacher.connectionId), plan.teacher.model)
    const { ask } = await callsOver(teacher)
    await inParallel(plan.chats, mostAtOnce, async ({ conversationId, headId }) => {
      const story = await readEnhanceStory(dependencies, conversationId, headId)
      if (!story) return
      await enhanceStory(story, plan.choice, {
        ask,
        signal,
        retriesOf: (turnId) => retriesOf(journal, turnId),
        ...(teacher.capabilities.contextTokens !== undefined && { budget: budgetOf(teacher) }),
      })
    })
  }
}

/** A teacher may think before it answers: that is what its drafts of plans are made of. */
function teacherOf(kept: Connection, model: string): Connection {
  return { ...kept, model, transport: 'chat', capabilities: { ...kept.capabilities, thinkingSwitch: false } }
}

/** Something was not asked yet. */
class NotYet extends Error {}

function retriesOf(journal: Journal, turnId: TurnId): number {
  let times = 0
  while (journal.get(againKey(turnId, times + 1)) !== undefined) times += 1
  return times
}
