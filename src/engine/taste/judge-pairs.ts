import type { Connection } from '#core/connection.ts'
import type { ConversationId, PreferenceId } from '#core/ids.ts'
import type { Job } from '#core/job.ts'
import type { Pair } from '#core/taste/pairs.ts'
import type { Preference } from '#core/taste/preference.ts'
import type { Principle } from '#core/taste/principle.ts'
import { inParallel } from '#lib/in-parallel.ts'
import type { Journal } from '#ports/journal.ts'
import type { StoragePort } from '#ports/storage.ts'
import { type ChatPairs, findChatPairs, showPair, takesOfPair } from './chat-pairs.ts'
import { contextBudget } from './judge-budget.ts'
import { type Judging, judgePair } from './judge-pair.ts'
import type { PairsPlan } from './taste-plan.ts'

/** What a job of a judge works with. */
export interface JudgeCourse {
  readonly storage: StoragePort
  readonly job: Job
  readonly journal: Journal
  /** The judge's. */
  readonly connection: Connection
  readonly judging: Judging
  readonly catalogue: readonly Principle[]
  /** Unix milliseconds. */
  readonly now: () => number
}

/** Pairs that are under way at once; how many requests that makes is the calls' own business. */
const pairsAtOnce = 24

/** The step at which a pair was settled, or was found to be no pair any more. */
export function settledKey({ a, b }: Pick<Pair, 'a' | 'b'>): string {
  return `settled/${a}/${b}`
}

/** Whether a step is one of those: how many there are is how far a job is. */
export function isSettledKey(key: string): boolean {
  return key.startsWith('settled/')
}

/** Has a judge look through pairs, chat by chat. What it says of each is a row of its own as soon as it said it. */
export async function judgePairs(course: JudgeCourse, { pairs }: Pick<PairsPlan, 'pairs'>): Promise<void> {
  const pairsByChat = new Map<ConversationId, Pair[]>()
  for (const pair of pairs) {
    const together = pairsByChat.get(pair.conversationId)
    if (together) together.push(pair)
    else pairsByChat.set(pair.conversationId, [pair])
  }
  for (const [conversationId, together] of pairsByChat) {
    const open = together.filter((pair) => course.journal.get(settledKey(pair)) === undefined)
    if (open.length === 0) continue
    const chat = await findChatPairs(course.storage, conversationId)
    const settle = async (pair: Pair) => {
      const preference = chat && (await settlePair(course, chat, pair))
      if (!preference) await course.journal.append(settledKey(pair), { gone: true })
    }
    await inParallel(open, pairsAtOnce, settle, course.judging.signal)
    course.judging.signal.throwIfAborted()
  }
}

/** Has one pair judged and kept, and tells what came of it; nothing where it can't be shown to anybody. */
export async function settlePair(
  { storage, job, journal, connection, judging, catalogue, now }: JudgeCourse,
  chat: ChatPairs,
  pair: Pair,
): Promise<Preference | undefined> {
  const id = `${job.id} ${pair.a} ${pair.b}` as PreferenceId
  const takes = takesOfPair(chat, pair)
  const shown = takes && (await showPair(storage, chat, pair, contextBudget(connection, takes, catalogue)))
  if (!shown) return undefined
  const { verdict, by } = await judgePair(judging, `pair/${pair.a}/${pair.b}`, shown)
  const known = await storage.get('preferences', id)
  if (known && known.deletedAt === undefined) return known
  const { conversationId, parentId, a, b } = pair
  const row: Preference = { id, conversationId, parentId, a, b, verdict, by, principles: [], createdAt: now() }
  await storage.write([{ type: 'put', table: 'preferences', row }])
  await journal.append(settledKey(pair), { verdict, ...(by.flag && { flag: by.flag }) })
  return row
}
