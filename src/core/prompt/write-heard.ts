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

interface KeptWriting {
  readonly reader: CharacterId
  readonly kept: Kept
  readonly written: WrittenTurn
}

const writings = new WeakMap<HeardTurn, KeptWriting>()

/**
 * The same turn gives the same writing as long as the same of it is kept.
 * @param kept what of a turn of the reader's own stays; nobody else's turn has more than all may see.
 */
export function writeHeard(turn: HeardTurn, reader: CharacterId, kept: Kept): WrittenTurn {
  const known = writings.get(turn)
  const { planning, thoughts } = kept
  if (known?.reader === reader && known.kept.planning === planning && known.kept.thoughts === thoughts) {
    return known.written
  }
  const segments = thoughts ? turn.segments : turn.segments.filter(({ layer }) => layer !== 'role_thinking')
  const planned = planning ? ownPlanning(turn, reader) : ''
  const written = {
    head: disarm(`${turn.name}: `),
    body: disarm(writeReply(segments)),
    planning: planned && disarm(writeReply([{ layer: 'system_thinking', text: planned, closed: true }])),
    isOwn: turn.isOwn,
  }
  writings.set(turn, { reader, kept, written })
  return written
}
