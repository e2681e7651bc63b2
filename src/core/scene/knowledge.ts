import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId } from '#core/ids.ts'
import type { Cast } from './cast.ts'
import { hearsWords, isTurnOf, perceivedBy } from './presence.ts'

/** What a turn was to a character: its own, heard, seen and not heard (a whisper), or nothing. */
export type Sensed = 'own' | 'heard' | 'seen' | 'missed'

/** What a character has had of a story. */
export interface Knowledge {
  readonly id: CharacterId
  readonly sensed: (place: number) => Sensed
  readonly counts: Readonly<Record<Sensed, number>>
  /** Whispers of others that reached it. */
  readonly whispersHeard: number
}

/**
 * Who of a cast had what of a path, from who was there and who was whispered to: no turn is read for it.
 * @param path oldest first.
 */
export function knowledgeOf(path: readonly Turn[], ids: readonly CharacterId[]): Knowledge[] {
  return ids.map((id) => {
    const perceives = perceivedBy(id, path)
    const sensed = (place: number): Sensed => {
      const turn = path[place]
      if (!turn || !perceives(place)) return 'missed'
      if (isTurnOf(id, turn)) return 'own'
      return hearsWords(id, turn) ? 'heard' : 'seen'
    }
    const counts = { own: 0, heard: 0, seen: 0, missed: 0 }
    let whispersHeard = 0
    for (const [place, { whisperTo }] of path.entries()) {
      const how = sensed(place)
      counts[how] += 1
      if (whisperTo && how === 'heard') whispersHeard += 1
    }
    return { id, sensed, counts, whispersHeard }
  })
}

/** Whether something was thought in a turn that its speaker alone knows. */
export function hasThought(turn: Turn, cast: Cast): boolean {
  return readTurn(turn, cast).segments.some(({ layer, text }) => layer === 'role_thinking' && text !== '')
}
