import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId } from '#core/ids.ts'
import { buildPrompt } from '#core/prompt/build-prompt.ts'
import { herHistory } from '#core/prompt/history-policy.ts'
import type { PromptMessage } from '#core/prompt/prompt-message.ts'
import type { PromptBudget } from '#core/prompt/prompt-room.ts'
import { writeHeard } from '#core/prompt/write-heard.ts'
import type { Cast } from '#core/scene/cast.ts'
import { hear, hearBackwards } from '#core/scene/hearing.ts'
import type { KnownMemory } from '#core/scene/remembering.ts'
import type { JudgeCase } from './judge-prompt.ts'

export interface Moment {
  /** Whose takes they are. */
  readonly character: CharacterId
  readonly cast: Cast
  /** What both takes follow, oldest first. */
  readonly path: readonly Turn[]
  readonly memory?: KnownMemory | undefined
  /** The judge's window. */
  readonly budget?: PromptBudget | undefined
}

/**
 * Two takes of a chat as a judge sees them: what came before as the character that speaks knows it, as a HER prompt has
 * it, and the takes with their thoughts (as HER's reward model sees them). All of it comes through the one gate of what
 * may be known, so there is no planning in it and nobody else's thought.
 */
export function judgeCaseOf(moment: Moment, takes: readonly [Turn, Turn], before = contextOf(moment)): JudgeCase {
  const [first, second] = takes
  return {
    context: before.map(({ role, content }) => ({ role, content })),
    candidates: [candidateOf(moment, first), candidateOf(moment, second)],
  }
}

/** What came before, as the character knows it. */
export function contextOf({ character, cast, path, memory, budget }: Moment): readonly PromptMessage[] {
  return buildPrompt({
    character,
    cast,
    heard: hearBackwards(path, character, cast),
    history: herHistory,
    ...(memory && { memory }),
    ...(budget && { budget }),
  }).messages
}

/** One take in HER's wire form, `Name: ` before it. */
function candidateOf({ character, cast, path }: Moment, take: Turn): string {
  const heard = hear([...path, take], character, cast).at(-1)
  if (!heard?.isOwn) throw new Error(`Turn ${take.id} is not of ${character}`)
  const { head, body } = writeHeard(heard, character, { planning: false, thoughts: true })
  return head + body
}
