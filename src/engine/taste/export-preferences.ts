import type { Preference } from '#core/taste/preference.ts'
import { type LeftOut, type RewardShape, rewardRows } from '#core/taste/reward-rows.ts'
import { decidePairs, type Sources } from '#core/taste/settled-pairs.ts'
import type { StoragePort } from '#ports/storage.ts'
import { type ChatPairs, readChatsWithPairs, showPair } from './chat-pairs.ts'

/** What went out, and what did not. */
export interface ExportReport {
  readonly pairs: number
  readonly rows: number
  readonly leftOut: Readonly<Partial<Record<LeftOut | 'gone', number>>>
}

/**
 * Writes what was preferred as lines of one of the shapes that training scripts read, chat by chat: nothing but the chat
 * at hand is in memory. Each line ends with a line break.
 */
export async function* exportPreferences(
  storage: Pick<StoragePort, 'get' | 'list' | 'turnsBefore'>,
  shape: RewardShape,
  sources: Sources,
): AsyncGenerator<string, ExportReport> {
  const kept = (await storage.list('preferences')).filter(({ deletedAt }) => deletedAt === undefined)
  const leftOut: Partial<Record<LeftOut | 'gone', number>> = {}
  let pairs = 0
  let rows = 0
  const leave = (why: LeftOut | 'gone') => {
    leftOut[why] = (leftOut[why] ?? 0) + 1
  }
  for await (const chat of readChatsWithPairs(storage)) {
    for (const { preference, judged } of decidePairs(keptOf(kept, chat), chat.implicit, sources)) {
      pairs += 1
      const shown = await showPair(storage, chat, preference)
      if (!shown) {
        leave('gone')
        continue
      }
      const { a, b, conversationId } = preference
      const made = rewardRows(shape, { traceId: `${conversationId}_${a}_${b}`, shown, preference, judged })
      if ('leftOut' in made) leave(made.leftOut)
      for (const row of made.rows) {
        rows += 1
        yield `${JSON.stringify(row)}\n`
      }
    }
  }
  return { pairs, rows, leftOut }
}

function keptOf(preferences: readonly Preference[], { conversation }: ChatPairs): Preference[] {
  return preferences.filter(({ conversationId }) => conversationId === conversation.id)
}
