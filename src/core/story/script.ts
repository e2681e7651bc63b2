import type { Segment } from '#core/her/segment.ts'
import { nameOf, spokenName, userName } from '#core/scene/cast.ts'
import { type LayerChoice, type Story, type ToldTurn, tellPath, titleOf } from './story.ts'

/** A part of a turn as a play has it: what is said, what is done, what is said aside, and what the author noted. */
export interface ScriptPart {
  readonly kind: 'line' | 'direction' | 'aside' | 'note'
  readonly text: string
}

/** A turn of a script. What the environment tells is all directions, and nobody's. */
export interface ScriptTurn {
  readonly name?: string
  readonly parts: readonly ScriptPart[]
}

/** A story as the script of a play. */
export interface Script {
  readonly title: string
  /** Who is in it, the reader last; namesakes once. */
  readonly persons: readonly string[]
  readonly turns: readonly ScriptTurn[]
}

/** The path that is read now as a script. Thoughts are asides, planning is a note of the author's. */
export function scriptOf(story: Story, layers: LayerChoice): Script {
  const { cast } = story
  const reader = cast.userPlays === undefined ? [userName(cast)] : []
  return {
    title: titleOf(story),
    persons: [...new Set([...cast.characters.map(({ card }) => spokenName(card)), ...reader])],
    turns: tellPath(story, layers).map((told) => scriptTurn(told, story, layers)),
  }
}

function scriptTurn({ turn, name, segments }: ToldTurn, { cast }: Story, layers: LayerChoice): ScriptTurn {
  const isNarrated = turn.speaker.kind === 'environment'
  const parts = segments.map((segment) => partOf(segment, isNarrated))
  const isHeard = turn.whisperTo !== undefined && layers.has('speech') && parts.some(({ kind }) => kind === 'line')
  const hearers = (turn.whisperTo ?? []).map((characterId) => nameOf({ kind: 'character', characterId }, cast))
  const whisper = { kind: 'direction' as const, text: `whispers to ${listed(hearers) || userName(cast)}` }
  return { ...(!isNarrated && { name }), parts: isHeard ? [whisper, ...parts] : parts }
}

function partOf({ layer, text }: Segment, isNarrated: boolean): ScriptPart {
  switch (layer) {
    case 'speech':
      return isNarrated ? direction(text) : { kind: 'line', text: text.trim() }
    case 'role_action':
      return direction(text)
    case 'role_thinking':
      return { kind: 'aside', text: text.trim() }
    case 'system_thinking':
      return { kind: 'note', text: text.trim() }
  }
}

/** What is done, without the brackets it may have been written in: a script has its own. */
function direction(text: string): ScriptPart {
  const bare = text.trim()
  return { kind: 'direction', text: /^\([^()]*\)$/.test(bare) ? bare.slice(1, -1).trim() : bare }
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
