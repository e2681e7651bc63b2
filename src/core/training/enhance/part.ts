import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Segment } from '#core/her/segment.ts'
import type { CharacterId } from '#core/ids.ts'
import type { AttachedBook } from '#core/lorebook/known-lore.ts'
import { type Cast, memberOf, spokenName } from '#core/scene/cast.ts'
import { isTurnOf } from '#core/scene/presence.ts'

/** A chat, or a story that was read as one, as it is written afterwards what was thought and planned in it. */
export interface EnhanceStory {
  /** Names its steps: the same whenever the job is begun again. */
  readonly id: string
  readonly title: string
  readonly cast: Cast
  /** What is read of it, oldest first. */
  readonly path: readonly Turn[]
  /** Where and when it plays, where the scene itself says so. */
  readonly scenario?: string
  /** Books its characters may know from. */
  readonly books?: readonly AttachedBook[]
}

/** Which of the paper's stages are wanted; the first (our reader) and the last (assembly) need no teacher. */
export interface EnhanceStages {
  /** S2: thoughts, written into turns that show none. */
  readonly roleThinking: boolean
  /** S3a: plans, drafted before the turn by a reasoning model. */
  readonly forward: boolean
  /** S3b: plans, rewritten towards the turn (or made without a draft). */
  readonly backward: boolean
  /** S4: what the dialogue shows and the setting lacks. */
  readonly setting: boolean
}

/** What is done, and to which turns. */
export interface EnhanceChoice {
  readonly stages: EnhanceStages
  /** Turns that lack it, or all of the characters' turns. */
  readonly turns: 'lacking' | 'all'
}

/** A turn that something is written for. */
export interface Target {
  readonly turn: Turn
  /** Its place in the path. */
  readonly place: number
  /** As it is written now. */
  readonly segments: readonly Segment[]
  readonly wantsThoughts: boolean
  readonly wantsPlan: boolean
}

/** One character's share of a story: what is asked about it is asked in its name, of what it knows. */
export interface EnhancePart {
  readonly reader: CharacterId
  readonly name: string
  readonly targets: readonly Target[]
}

/**
 * The shares of everyone a model plays, those with nothing to write left out. What the reader wrote is their own: it is
 * never enhanced.
 */
export function partsOf({ cast, path }: EnhanceStory, { stages, turns }: EnhanceChoice): EnhancePart[] {
  return cast.characters.flatMap(({ id }): EnhancePart[] => {
    const member = memberOf(id, cast)
    if (!member || id === cast.userPlays) return []
    const targets = path.flatMap((turn, place): Target[] => {
      if (!isTurnOf(id, turn)) return []
      const { segments } = readTurn(turn, cast)
      const lacks = (layer: Segment['layer']) => turns === 'all' || !has(segments, layer)
      if (!has(segments, 'speech') && !has(segments, 'role_action') && !has(segments, 'role_thinking')) return []
      const wantsThoughts = stages.roleThinking && lacks('role_thinking')
      const wantsPlan = (stages.forward || stages.backward) && lacks('system_thinking')
      return wantsThoughts || wantsPlan ? [{ turn, place, segments, wantsThoughts, wantsPlan }] : []
    })
    return targets.length > 0 ? [{ reader: id, name: spokenName(member.card), targets }] : []
  })
}

function has(segments: readonly Segment[], layer: Segment['layer']): boolean {
  return segments.some((segment) => segment.layer === layer && segment.text.trim() !== '')
}
