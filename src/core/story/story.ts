import type { Conversation } from '#core/conversation/conversation.ts'
import { readTurn } from '#core/conversation/read-turn.ts'
import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Layer, Segment } from '#core/her/segment.ts'
import { type Cast, nameOf, spokenName, userName } from '#core/scene/cast.ts'
import type { StoryMemory } from './story-memory.ts'

/** A chat that is to go out: all its turns (sorted by id) and who takes part. */
export interface Story {
  readonly conversation: Conversation
  readonly turns: readonly Turn[]
  readonly cast: Cast
  /** The summaries of its older turns. */
  readonly memory?: StoryMemory
}

/** The layers that go out; nothing of the others does. */
export type LayerChoice = ReadonlySet<Layer>

export const everyLayer: LayerChoice = new Set<Layer>(['system_thinking', 'role_thinking', 'role_action', 'speech'])

/** A turn as it goes out: who, and the chosen parts in their order. */
export interface ToldTurn {
  readonly turn: Turn
  readonly name: string
  readonly segments: readonly Segment[]
}

/** The path that is read now, oldest first, without turns of which nothing was chosen. */
export function tellPath({ conversation, turns, cast }: Story, layers: LayerChoice): ToldTurn[] {
  return pathTo(createTree(turns), conversation.headId)
    .map((turn) => ({ turn, name: nameOf(turn.speaker, cast), segments: chosenSegments(turn, cast, layers) }))
    .filter(({ segments }) => segments.length > 0)
}

/** The chosen parts of a turn. What was cut from it, another speaker's words, is no part of it. */
export function chosenSegments(turn: Turn, cast: Cast, layers: LayerChoice): Segment[] {
  return readTurn(turn, cast).segments.filter(({ layer, text }) => layers.has(layer) && text.trim() !== '')
}

/** What a story is called: its title, or who is in it. */
export function titleOf({ conversation, cast }: Story): string {
  const title = conversation.title.replace(/\s+/g, ' ').trim()
  return title || [...cast.characters.map(({ card }) => spokenName(card)), userName(cast)].join(' and ')
}
