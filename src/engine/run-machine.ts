import type { Reply } from '#core/her/segment.ts'
import type { TurnId } from '#core/ids.ts'
import type { ModelError } from '#core/model-error.ts'
import { exhaustive } from '#lib/exhaustive.ts'

/** A reply while it is being made. What has ended is on disk, in its turn. Times are unix milliseconds. */
export type Run =
  | { readonly phase: 'idle' }
  | { readonly phase: 'waiting'; readonly turnId: TurnId; readonly startedAt: number; readonly before: Reply }
  | {
      readonly phase: 'streaming'
      readonly turnId: TurnId
      readonly startedAt: number
      readonly firstByteAt: number
      /** When planning was over; absent while it goes on. */
      readonly plannedAt?: number
      readonly reply: Reply
    }
  /** The reply ended and could not be written: it is only here, until a save works. */
  | { readonly phase: 'unsaved'; readonly turnId: TurnId; readonly reply: Reply; readonly error: ModelError }

export type RunEvent =
  | { readonly type: 'run-start'; readonly turnId: TurnId; readonly at: number; readonly before: Reply }
  | { readonly type: 'reply-delta'; readonly turnId: TurnId; readonly at: number; readonly reply: Reply }
  | { readonly type: 'run-end'; readonly turnId: TurnId }
  | { readonly type: 'run-fail'; readonly turnId: TurnId; readonly reply: Reply; readonly error: ModelError }

/**
 * The next state of a run. An event names its turn and is dropped when that is not the current one, so that a frame
 * scheduled by a stopped reply can't write into the next.
 */
export function reduceRun(run: Run, event: RunEvent): Run {
  if (event.type === 'run-start') {
    return { phase: 'waiting', turnId: event.turnId, startedAt: event.at, before: event.before }
  }
  if (run.phase === 'idle' || run.turnId !== event.turnId) return run
  switch (event.type) {
    case 'reply-delta': {
      if (run.phase === 'unsaved') return run
      const firstByteAt = run.phase === 'streaming' ? run.firstByteAt : event.at
      const plannedAt =
        (run.phase === 'streaming' ? run.plannedAt : undefined) ?? (isPlanning(event.reply) ? undefined : event.at)
      return {
        phase: 'streaming',
        turnId: run.turnId,
        startedAt: run.startedAt,
        firstByteAt,
        ...(plannedAt !== undefined && { plannedAt }),
        reply: event.reply,
      }
    }
    case 'run-end':
      return { phase: 'idle' }
    case 'run-fail':
      return { phase: 'unsaved', turnId: event.turnId, reply: event.reply, error: event.error }
    default:
      return exhaustive(event)
  }
}

function isPlanning({ segments }: Reply): boolean {
  const last = segments.at(-1)
  return last === undefined || (last.layer === 'system_thinking' && !last.closed)
}
