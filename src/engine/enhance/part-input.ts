import type { Turn } from '#core/conversation/turn.ts'
import type { PromptBudget } from '#core/prompt/prompt-room.ts'
import type { EnhanceChoice, EnhancePart, EnhanceStory } from '#core/training/enhance/part.ts'
import type { Teaching } from './teach.ts'

/** What one character's share of a story is written from. */
export interface PartInput {
  readonly story: EnhanceStory
  readonly part: EnhancePart
  readonly choice: EnhanceChoice
  readonly teaching: Teaching
  readonly budget?: PromptBudget
  readonly retriesOf: (turnId: Turn['id']) => number
}
