import { writeReply } from '#core/her/write.ts'
import type { CharacterId } from '#core/ids.ts'
import { type HeardTurn, ownPlanning } from '#core/scene/hearing.ts'
import type { Kept } from './history-policy.ts'
import { disarm } from './special-tokens.ts'

/** A heard turn in HER's wire form, whatever dialect it was written in. */
export interface WrittenTurn {
  /** `Name: ` */
  readonly head: string
  readonly body: string
  /** The character's own planning in its tag, where the history policy keeps it; else empty. */
  readonly planning: string
  /** Said by the character the prompt is for. */
  readonly isOwn: boolean
}

/** @param kept what of a turn of the reader's own stays; nobody else's turn has more than all may see. */
export function writeHeard(turn: HeardTurn, reader: CharacterId, kept: Kept): WrittenTurn {
  const segments = kept.thoughts ? turn.segments : turn.segments.filter(({ layer }) => layer !== 'role_thinking')
  const planned = kept.planning ? ownPlanning(turn, reader) : ''
  return {
    head: disarm(`${turn.name}: `),
    body: disarm(writeReply(segments)),
    planning: planned && disarm(writeReply([{ layer: 'system_thinking', text: planned, closed: true }])),
    isOwn: turn.isOwn,
  }
}
