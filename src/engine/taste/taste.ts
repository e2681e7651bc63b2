import type { Connection } from '#core/connection.ts'
import { demoConnection } from '#core/demo-connection.ts'
import type { JobId, PreferenceId } from '#core/ids.ts'
import type { Job, JsonValue } from '#core/job.ts'
import type { ModelError } from '#core/model-error.ts'
import type { Pair } from '#core/taste/pairs.ts'
import type { First, Preference, ShownLayers, Verdict } from '#core/taste/preference.ts'
import { type Principle, readCatalogue, writeCatalogue } from '#core/taste/principle.ts'
import type { RewardShape } from '#core/taste/reward-rows.ts'
import type { Sources } from '#core/taste/settled-pairs.ts'
import { createCalls } from '#engine/calls/create-calls.ts'
import { editIfAny } from '#engine/changes.ts'
import type { ChatDependencies } from '#engine/chat-dependencies.ts'
import type { ChatEngine } from '#engine/chat-engine.ts'
import type { Jobs } from '#engine/jobs.ts'
import { readParallel } from '#engine/parallel-requests.ts'
import type { Journal } from '#ports/journal.ts'
import { ModelFailure } from '#ports/model.ts'
import { bestOf } from './best-of.ts'
import { type ChatPairs, readChatsWithPairs } from './chat-pairs.ts'
import { type ExportReport, exportPreferences } from './export-preferences.ts'
import { answerTokensOf } from './judge-budget.ts'
import { type JudgeCourse, judgePairs } from './judge-pairs.ts'
import type { BestOfPlan, TastePlan } from './taste-plan.ts'

/** The setting that holds the reader's catalogue, as a file has it. */
export const catalogueSetting = 'principles'

/** The step at which it is known which take is the best; null where none came. */
export const bestKey = 'best'

/** What a reader said of a pair. */
interface Answer {
  readonly verdict: Verdict
  /** Which of the two stood on the left. */
  readonly first: First
  readonly shown: ShownLayers
}

/** Takes against each other: what the reader prefers, what a judge says, and the best of many. */
export interface Taste {
  /** The chats in which there is something to compare, the newest first. */
  chats(): AsyncIterable<ChatPairs>
  answer(pair: Pair, answer: Answer): Promise<Preference>
  /** Says which principles decided; none any more, for an empty list. */
  because(id: PreferenceId, principles: readonly string[]): Promise<void>
  /** Takes an answer back. */
  forget(id: PreferenceId): Promise<void>
  saveCatalogue(principles: readonly Principle[]): Promise<void>
  /** Writes down that a judge is to look through pairs, or that takes are to be drawn and judged. `run` does it. */
  begin(title: string, plan: TastePlan): Promise<JobId>
  /**
   * Does a job, or goes on with it. Where takes were drawn, the best of them is the one that is read from then on. Gives
   * what is in the way where the judge can't be reached at all: the job is paused then.
   */
  run(id: JobId): Promise<'done' | 'paused' | 'elsewhere' | ModelError>
  pause(id: JobId): void
  /** What was preferred, as lines of a file; what came of it at the end. */
  export(shape: RewardShape, sources: Sources): AsyncGenerator<string, ExportReport>
}

interface Dependencies extends Omit<ChatDependencies, 'between'> {
  readonly jobs: Jobs
  readonly chat: Pick<ChatEngine, 'select'>
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  readonly random: () => number
}

export function createTaste(dependencies: Dependencies): Taste {
  const { storage, openModel, now, createId, jobs, chat, wait, random } = dependencies

  async function change(id: PreferenceId, changed: Partial<Preference>): Promise<void> {
    await storage.write([editIfAny('preferences', id, (row) => ({ ...row, ...changed }))])
  }

  async function connectionOf({ connectionId }: TastePlan): Promise<Connection> {
    return (await storage.get('connections', connectionId)) ?? demoConnection
  }

  async function openCourse(job: Job, plan: TastePlan, journal: Journal, signal: AbortSignal): Promise<JudgeCourse> {
    const connection = await connectionOf(plan)
    const models = [await openModel(connection)]
    const { ask } = createCalls({ models, journal, mostAtOnce: await readParallel(storage), now, wait, random })
    const { model, catalogue } = plan
    const judging = { ask, model, catalogue, answerTokens: answerTokensOf(connection), signal }
    return { storage, job, journal, connection, judging, catalogue, now }
  }

  async function drawAndJudge(course: JudgeCourse, plan: BestOfPlan): Promise<void> {
    const { winner } = await bestOf(dependencies, course, plan)
    // Begun again after its end, it takes nobody away from where they read on.
    if (course.journal.get(bestKey) !== undefined) return
    if (winner) await chat.select(plan.conversationId, winner)
    await course.journal.append(bestKey, winner ?? null)
  }

  return {
    chats: () => readChatsWithPairs(storage),

    answer: async (pair, { verdict, first, shown }) => {
      const { conversationId, parentId, a, b } = pair
      const row: Preference = {
        id: createId() as PreferenceId,
        conversationId,
        parentId,
        a,
        b,
        verdict,
        by: { kind: 'human', first, shown },
        principles: [],
        createdAt: now(),
      }
      await storage.write([{ type: 'put', table: 'preferences', row }])
      return row
    },

    because: (id, principles) => change(id, { principles }),
    forget: (id) => change(id, { deletedAt: now() }),

    saveCatalogue: (principles) =>
      storage.write([
        { type: 'put', table: 'settings', row: { name: catalogueSetting, value: writeCatalogue(principles) } },
      ]),

    // A plan is JSON by its making; its types are read-only records, which TypeScript does not take for that.
    begin: (title, plan) => jobs.create('judge', title, plan as unknown as JsonValue),

    run: async (id) => {
      try {
        return await jobs.run(id, async (job, journal, signal) => {
          const plan = job.plan as unknown as TastePlan
          const course = await openCourse(job, plan, journal, signal)
          if (plan.what === 'pairs') await judgePairs(course, plan)
          else await drawAndJudge(course, plan)
        })
      } catch (error) {
        if (error instanceof ModelFailure) return error.error
        throw error
      }
    },

    pause: (id) => jobs.pause(id),

    export: (shape, sources) => exportPreferences(storage, shape, sources),
  }
}

/** The reader's catalogue as it is kept; empty until there is one. */
export function catalogueOf(value: string | undefined): readonly Principle[] {
  const read = value === undefined ? undefined : readCatalogue(value)
  return read?.ok ? read.value : []
}
