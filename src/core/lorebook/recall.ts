import type { HeardTurns } from '#core/scene/hearing.ts'
import { activateLore, type LoreInput } from './activate.ts'
import { isTimed, type LoreMemory, noMemory } from './timed-effects.ts'

/** Earlier replies that are gone through again, at most. */
const maximumReplies = 40

/**
 * What earlier replies of this path left behind, worked out again from the chat itself: so every branch has its own, and
 * nothing needs to be stored. Costs nothing where no entry stays, rests or fires only once.
 */
export function recallLore(input: Omit<LoreInput, 'memory'>): LoreMemory {
  const { heard, known } = input
  if (!known.entries.some(isTimed)) return noMemory
  const replies: number[] = []
  for (let index = heard.length - 1; index > 0 && replies.length < maximumReplies; index--) {
    if (heard.at(index)?.isOwn) replies.push(index)
  }
  return replies
    .reverse()
    .reduce((memory, index) => activateLore({ ...input, heard: before(heard, index), memory }).memory, noMemory)
}

/** What was heard before a turn. */
function before(heard: HeardTurns, length: number): HeardTurns {
  return { length, at: (index) => (index < length ? heard.at(index) : undefined) }
}
