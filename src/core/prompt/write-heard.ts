import { writeReply } from '#core/her/write.ts'
import type { HeardTurn } from '#core/scene/hearing.ts'
import { disarm } from './special-tokens.ts'

/** A heard turn in HER's wire form, whatever dialect it was written in. */
export interface WrittenTurn {
  /** `Name: ` */
  readonly head: string
  readonly body: string
  /** Said by the character the prompt is for. */
  readonly isOwn: boolean
}

export function writeHeard(turn: HeardTurn): WrittenTurn {
  return { head: disarm(`${turn.name}: `), body: disarm(writeReply(turn.segments)), isOwn: turn.isOwn }
}
