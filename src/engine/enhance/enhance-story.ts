import type { PromptBudget } from '#core/prompt/prompt-room.ts'
import type { EnhancedCharacter, EnhancedStory, EnhancedTurn } from '#core/training/enhance/enhanced.ts'
import { type EnhanceChoice, type EnhanceStory, partsOf } from '#core/training/enhance/part.ts'
import { inParallel } from '#lib/in-parallel.ts'
import { completeSetting } from './complete-setting.ts'
import { enhancePart } from './enhance-part.ts'
import type { Ask } from './teach.ts'

export interface EnhanceRun {
  readonly ask: Ask
  readonly signal: AbortSignal
  /** The teacher's window, where it is known. */
  readonly budget?: PromptBudget
  /** How often the reader asked for a turn once more. */
  readonly retriesOf?: (turnId: EnhancedTurn['turnId']) => number
  /** Each time a character's turns are written. */
  readonly onTurns?: (turns: readonly EnhancedTurn[]) => void
}

/**
 * Writes afterwards what was thought and planned in a story (HER's reverse engineering, stages 1 to 5). Each character is
 * a run of its own, asked for in its own name, so they go on side by side. With the same answers it comes to the same end:
 * begun again with a journal it passes through all that was answered.
 */
export async function enhanceStory(
  story: EnhanceStory,
  choice: EnhanceChoice,
  run: EnhanceRun,
): Promise<EnhancedStory> {
  const { ask, signal, budget, retriesOf = () => 0, onTurns } = run
  const teaching = { ask, signal, ...(budget && { mostTokens: budget.replyTokens }) }
  const parts = partsOf(story, choice)
  const turns: EnhancedTurn[] = []
  const byCharacter = new Map<string, EnhancedCharacter>()
  const setting = choice.stages.setting ? completeSetting(story, parts, teaching) : undefined
  await Promise.all([
    setting,
    inParallel(parts, parts.length, async (part) => {
      const enhanced = await enhancePart({ story, part, choice, teaching, retriesOf, ...(budget && { budget }) })
      turns.push(...enhanced.turns)
      byCharacter.set(part.reader, enhanced.character)
      onTurns?.(enhanced.turns)
    }),
  ])
  const completed = await setting
  const characters = parts.flatMap(({ reader }): EnhancedCharacter[] => {
    const character = byCharacter.get(reader)
    const own = completed?.settings.get(reader)
    return character ? [{ ...character, ...(own && { setting: own }) }] : []
  })
  return {
    storyId: story.id,
    turns: turns.toSorted((one, other) => one.place - other.place),
    characters,
    ...(completed?.scenario && { scenario: completed.scenario }),
    problems: completed?.problems ?? [],
  }
}
