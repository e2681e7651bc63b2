import { readTurn } from '#core/conversation/read-turn.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { Layer, Reply, Segment } from '#core/her/segment.ts'
import type { CharacterId } from '#core/ids.ts'
import { type Cast, nameOf, userName } from './cast.ts'
import { hearsWords, isTurnOf, perceivedBy } from './presence.ts'

/** A segment of a turn as it is known: never planning, which has its own way (`ownPlanning`), and nothing is left open. */
export interface HeardSegment {
  readonly layer: Exclude<Layer, 'system_thinking'>
  readonly text: string
  readonly closed: true
}

/** Reads in the name of the environment: knows what is common to all of an audience, and no thought of anyone. */
export const environmentReader = 'environment' as CharacterId

/**
 * A turn as one reader may know it. The class is private to this file and its mark is a private field, so neither an
 * object literal nor a spread of another heard turn passes for one.
 */
class Heard {
  readonly #reader: CharacterId
  /** Where in the path it stands; turns the reader did not perceive are counted. */
  readonly place: number
  readonly speaker: Speaker
  /** What the speaker is called in the story. */
  readonly name: string
  /** In the order they were said and done; empty when there was nothing this reader could know of. */
  readonly segments: readonly HeardSegment[]
  /** The reader's own turn: its thoughts are here. The environment's are its own too, and it has no thoughts. */
  readonly isOwn: boolean
  readonly #planning: string
  /** What it was made of. */
  readonly #reply: Reply

  private constructor(turn: Turn, place: number, reader: CharacterId, hearsAll: boolean, cast: Cast) {
    this.#reader = reader
    this.place = place
    this.speaker = turn.speaker
    this.name = nameOf(turn.speaker, cast)
    const isThinker = isTurnOf(reader, turn)
    this.isOwn = isThinker || (turn.speaker.kind === 'environment' && reader === environmentReader)
    this.#reply = readTurn(turn, cast)
    const { segments } = this.#reply
    const known = knownSegments(segments, isThinker)
    if (turn.whisperTo === undefined || !known.some(({ layer }) => layer === 'speech')) this.segments = known
    else if (!hearsAll) this.segments = known.filter(({ layer }) => layer !== 'speech')
    else this.segments = [whisperOf(turn, turn.whisperTo, cast), ...known]
    this.#planning = isThinker ? planningOf(segments) : ''
  }

  /** The same as long as nothing it follows from changes: of a story most was heard for the reply before. */
  static of(turn: Turn, place: number, reader: CharacterId, hearsAll: boolean, cast: Cast): Heard {
    // What a whisper says follows from more names than its own.
    if (turn.whisperTo !== undefined) return new Heard(turn, place, reader, hearsAll, cast)
    const last = lastHeard.get(turn)
    if (
      last &&
      last.#reader === reader &&
      last.place === place &&
      last.name === nameOf(turn.speaker, cast) &&
      last.#reply === readTurn(turn, cast)
    ) {
      return last
    }
    const heard = new Heard(turn, place, reader, hearsAll, cast)
    lastHeard.set(turn, heard)
    return heard
  }

  static wasFor(turn: Heard, reader: CharacterId): boolean {
    return #reader in turn && turn.#reader === reader
  }

  static planningFor(turn: Heard, reader: CharacterId): string {
    return turn.isOwn && Heard.wasFor(turn, reader) ? turn.#planning : ''
  }
}

export type HeardTurn = Heard

/** By the last of those who heard it. */
const lastHeard = new WeakMap<Turn, Heard>()

/**
 * Heard turns, the newest last. An array is one; `hearBackwards` gives one that reads a turn when it is asked for, and has
 * nothing at the places of turns that were not perceived.
 */
export interface HeardTurns {
  readonly length: number
  at(index: number): HeardTurn | undefined
}

/**
 * The one gate between what was written and what a character may know (HER's training rule): of its own turns a reader
 * keeps thought, action and speech, of all others only action and speech. Planning is nobody's, unless the reader asked
 * for its own back (`ownPlanning`), as HER's evaluation does.
 *
 * Of a turn it did not perceive a reader has nothing, not even that there was one. Who is whispered to is told so, as an
 * action before the words; whoever else is present sees what is done and hears nothing.
 * @param turns one path of the chat, oldest first.
 * @param reader whose knowledge is asked for; by id, so a namesake's thoughts stay closed.
 */
export function hear(turns: readonly Turn[], reader: CharacterId, cast: Cast): HeardTurn[] {
  return everyTurn(hearBackwards(turns, reader, cast))
}

/** Like `hear`, but a turn is read only when it is asked for: a prompt fills from the newest turn and then stops. */
export function hearBackwards(turns: readonly Turn[], reader: CharacterId, cast: Cast): HeardTurns {
  const perceives = perceivedBy(reader, turns)
  return heardWhere(turns, reader, cast, perceives, (turn) => hearsWords(reader, turn))
}

/**
 * What everyone of an audience heard, whatever one of them alone knows left out: what may be told where all of them hear
 * it. It is heard by `environmentReader`.
 */
export function hearInCommon(turns: readonly Turn[], audience: readonly CharacterId[], cast: Cast): HeardTurns {
  const all = audience.map((id) => perceivedBy(id, turns))
  const perceive = (place: number) => all.every((perceives) => perceives(place))
  const hearAll = (turn: Turn) => turn.whisperTo === undefined || audience.every((id) => hearsWords(id, turn))
  return heardWhere(turns, environmentReader, cast, perceive, hearAll)
}

function heardWhere(
  turns: readonly Turn[],
  reader: CharacterId,
  cast: Cast,
  perceives: (place: number) => boolean,
  hearsAll: (turn: Turn) => boolean,
): HeardTurns {
  return {
    length: turns.length,
    at: (index) => {
      const place = index < 0 ? index + turns.length : index
      const turn = turns[place]
      if (!turn || !perceives(place)) return undefined
      const heard = Heard.of(turn, place, reader, hearsAll(turn), cast)
      // A whisper that came with nothing to be seen.
      return turn.whisperTo !== undefined && heard.segments.length === 0 ? undefined : heard
    },
  }
}

function everyTurn(heard: HeardTurns): HeardTurn[] {
  const turns: HeardTurn[] = []
  for (let index = 0; index < heard.length; index += 1) {
    const turn = heard.at(index)
    if (turn) turns.push(turn)
  }
  return turns
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

/** Told to those who hear a whisper, or they would answer it aloud. */
function whisperOf(turn: Turn, hearers: readonly CharacterId[], cast: Cast): HeardSegment {
  const names = hearers
    .filter((id) => !isTurnOf(id, turn))
    .map((characterId) => nameOf({ kind: 'character', characterId }, cast))
  const whom = names.length > 0 ? names : [userName(cast)]
  const last = whom.at(-1)
  const text = whom.length > 1 ? `${whom.slice(0, -1).join(', ')} and ${last}` : last
  return { layer: 'role_action', text: `whispers to ${text}`, closed: true }
}
