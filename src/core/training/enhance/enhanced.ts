import type { EnhanceStage, Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import type { Finding } from './check/finding.ts'
import type { PatternDiversity } from './pattern.ts'
import type { CompletedSetting } from './read-setting.ts'

/** A turn as it was written afterwards. Nothing of the story has changed by it. */
export interface EnhancedTurn {
  readonly turnId: TurnId
  /** Its place in the path. */
  readonly place: number
  readonly characterId: CharacterId
  /** In HER's wire form. The turn's own words in it where no teacher gave anything for it. */
  readonly raw: string
  /** What was written for it. Empty where nothing was: then there is no take to be had of it. */
  readonly stages: readonly EnhanceStage[]
  readonly findings: readonly Finding[]
  /** Why something that was wanted is not in it, as sentences. */
  readonly problems: readonly string[]
  /** What the teacher said of it. */
  readonly reason?: string
}

/** What a character's turns are like, all told. */
export interface EnhancedCharacter {
  readonly characterId: CharacterId
  readonly name: string
  readonly before: PatternDiversity
  readonly after: PatternDiversity
  readonly sentences: readonly string[]
  readonly setting?: CompletedSetting
}

/** A story as it was enhanced. */
export interface EnhancedStory {
  readonly storyId: string
  readonly turns: readonly EnhancedTurn[]
  readonly characters: readonly EnhancedCharacter[]
  readonly scenario?: CompletedSetting
  /** What went wrong beside the turns, as sentences. */
  readonly problems: readonly string[]
}

/** What there is of a chat by now. */
export interface EnhancedChat {
  readonly conversationId: ConversationId
  readonly headId: TurnId
  readonly title: string
  readonly cast: Cast
  /** The path that was enhanced. */
  readonly path: readonly Turn[]
  readonly turns: readonly EnhancedTurn[]
  /** With all its turns written. */
  readonly story?: EnhancedStory
}

/** True for a turn nothing is wrong with: what is taken when all are taken. */
export function isSound({ stages, findings }: EnhancedTurn): boolean {
  return stages.length > 0 && findings.every(({ weight }) => weight !== 'wrong')
}
