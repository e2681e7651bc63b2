import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Layer } from '#core/her/segment.ts'
import type { CharacterId } from '#core/ids.ts'
import { type Cast, nameOf } from './cast.ts'
import { hearsWords, isTurnOf, perceivedBy } from './presence.ts'

/** Why a character does not know of something. */
export type Unknown = 'absent' | 'thought' | 'whisper' | 'planning'

/** A stretch of a turn as a character knows it: its words, or only how many there are of them. */
export type SeenSegment =
  | { readonly layer: Layer; readonly text: string }
  | { readonly layer: Layer; readonly hidden: Unknown; readonly words: number }

/** A turn as a character knows it. Words it does not know are not in here, so that no screen can show them. */
export interface SeenTurn {
  readonly id: Turn['id']
  /** Who spoke; not for a turn it did not perceive. */
  readonly name: string | undefined
  readonly segments: readonly SeenSegment[]
  /** How much of it the character knows. */
  readonly known: 'all' | 'part' | 'nothing'
}

/** The turns of a path as a character knows them. A turn is read when it is asked for. */
export interface SeenTurns {
  wasThere(place: number): boolean
  at(place: number): SeenTurn | undefined
}

/**
 * The story through a character's eyes: all turns of a path in their place, with what the character does not know blacked
 * out. What is left open is what `hear` lets into its prompts.
 * @param path oldest first.
 */
export function seeThrough(path: readonly Turn[], reader: CharacterId, cast: Cast): SeenTurns {
  const perceives = perceivedBy(reader, path)
  return {
    wasThere: perceives,
    at: (place) => {
      const turn = path[place]
      return turn && see(turn, reader, cast, perceives(place))
    },
  }
}

function see(turn: Turn, reader: CharacterId, cast: Cast, isPresent: boolean): SeenTurn {
  const segments = readTurn(turn, cast)
    .segments.filter(({ text }) => text !== '')
    .map(({ layer, text }): SeenSegment => {
      const hidden = isPresent ? hiddenFrom(reader, layer, turn) : 'absent'
      return hidden ? { layer, hidden, words: countWords(text) } : { layer, text }
    })
  const open = segments.filter((segment) => 'text' in segment).length
  return {
    id: turn.id,
    name: isPresent && (open > 0 || turn.whisperTo === undefined) ? nameOf(turn.speaker, cast) : undefined,
    segments,
    known: open === 0 ? 'nothing' : open === segments.length ? 'all' : 'part',
  }
}

function hiddenFrom(reader: CharacterId, layer: Layer, turn: Turn): Unknown | undefined {
  switch (layer) {
    case 'system_thinking':
      return 'planning'
    case 'role_thinking':
      return isTurnOf(reader, turn) ? undefined : 'thought'
    case 'speech':
      return hearsWords(reader, turn) ? undefined : 'whisper'
    case 'role_action':
      return undefined
  }
}

/** In scripts that write no blanks two characters are a word. */
function countWords(text: string): number {
  const dense = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0
  const spaced = text.match(/[^\s\p{P}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][^\s]*/gu)?.length ?? 0
  return dense > 0 ? Math.ceil(dense / 2) : Math.max(1, spaced)
}
