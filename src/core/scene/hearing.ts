import { readTurn } from '#core/conversation/read-turn.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { Layer, Segment } from '#core/her/segment.ts'
import type { CharacterId } from '#core/ids.ts'
import { type Cast, nameOf } from './cast.ts'

/** A segment of a turn as it is known: never planning, which has its own way (`ownPlanning`), and nothing is left open. */
export interface HeardSegment {
  readonly layer: Exclude<Layer, 'system_thinking'>
  readonly text: string
  readonly closed: true
}

/**
 * A turn as one reader may know it. The class is private to this file and its mark is a private field, so neither an
 * object literal nor a spread of another heard turn passes for one.
 */
class Heard {
  readonly #reader: CharacterId
  readonly speaker: Speaker
  /** What the speaker is called in the story. */
  readonly name: string
  /** In the order they were said and done; empty when there was nothing this reader could know of. */
  readonly segments: readonly HeardSegment[]
  /** The reader's own turn: its thoughts are here. */
  readonly isOwn: boolean
  readonly #planning: string

  constructor(turn: Turn, reader: CharacterId, cast: Cast) {
    this.#reader = reader
    this.speaker = turn.speaker
    this.name = nameOf(turn.speaker, cast)
    this.isOwn = turn.speaker.kind === 'character' && turn.speaker.characterId === reader
    const { segments } = readTurn(turn, cast)
    this.segments = knownSegments(segments, this.isOwn)
    this.#planning = this.isOwn ? planningOf(segments) : ''
  }

  static wasFor(turn: Heard, reader: CharacterId): boolean {
    return #reader in turn && turn.#reader === reader
  }

  static planningFor(turn: Heard, reader: CharacterId): string {
    return turn.isOwn && Heard.wasFor(turn, reader) ? turn.#planning : ''
  }
}

export type HeardTurn = Heard

/** Heard turns, the newest last. An array is one; `hearBackwards` gives one that reads a turn when it is asked for. */
export interface HeardTurns {
  readonly length: number
  at(index: number): HeardTurn | undefined
}

/**
 * The one gate between what was written and what a character may know (HER's training rule): of its own turns a reader
 * keeps thought, action and speech, of all others only action and speech. Planning is nobody's, unless the reader asked
 * for its own back (`ownPlanning`), as HER's evaluation does.
 * @param turns one path of the chat, oldest first; gives as many heard turns, in that order.
 * @param reader whose knowledge is asked for; by id, so a namesake's thoughts stay closed.
 */
export function hear(turns: readonly Turn[], reader: CharacterId, cast: Cast): HeardTurn[] {
  return turns.map((turn) => new Heard(turn, reader, cast))
}

/** Like `hear`, but a turn is read only when it is asked for: a prompt fills from the newest turn and then stops. */
export function hearBackwards(turns: readonly Turn[], reader: CharacterId, cast: Cast): HeardTurns {
  return {
    length: turns.length,
    at: (index) => {
      const turn = turns.at(index)
      return turn && new Heard(turn, reader, cast)
    },
  }
}

/** True if this turn was made by this file for this reader: checked again where prompts are built. */
export function wasHeardBy(turn: HeardTurn, reader: CharacterId): boolean {
  return Heard.wasFor(turn, reader)
}

/**
 * What was planned for the reader's own turn; empty for every other turn, whoever asks. The only way of planning into a
 * prompt, and `buildPrompt` takes it only where the history policy says so.
 */
export function ownPlanning(turn: HeardTurn, reader: CharacterId): string {
  return Heard.planningFor(turn, reader)
}

function planningOf(segments: readonly Segment[]): string {
  return segments
    .filter(({ layer, text }) => layer === 'system_thinking' && text !== '')
    .map(({ text }) => text)
    .join('\n')
}

/** What of a text may be known: planning by nobody, thoughts only by the one whose own they are. */
export function knownSegments(segments: readonly Segment[], isOwn: boolean): HeardSegment[] {
  const known: HeardSegment[] = []
  for (const { layer, text } of segments) {
    if (layer === 'system_thinking' || (layer === 'role_thinking' && !isOwn) || text === '') continue
    known.push({ layer, text, closed: true })
  }
  return known
}
