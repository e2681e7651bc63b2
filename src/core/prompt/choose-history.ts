import type { CharacterId } from '#core/ids.ts'
import { type HeardTurns, wasHeardBy } from '#core/scene/hearing.ts'
import { estimateTokens } from './estimate.ts'
import { type HistoryPolicy, herHistory, keptOf } from './history-policy.ts'
import { messageTokens } from './prompt-room.ts'
import { type WrittenTurn, writeHeard } from './write-heard.ts'

export interface ChosenHistory {
  /** Oldest first. */
  readonly turns: readonly WrittenTurn[]
  /** What the chosen turns cost. */
  readonly tokens: number
  readonly dropped: { readonly turns: number; readonly tokens: number }
}

/**
 * Takes turns from the newest back while they fit into `room` tokens: older ones drop whole, and everything before the
 * first that doesn't fit. The newest with something in it is taken even if it doesn't fit: without it there is nothing
 * to answer. Nothing is taken of the first `from` turns of the path, which a memory stands for, nor do they count as
 * dropped; all others before the first that was taken do, heard or not. Turns are read one by one and not after the room
 * is full, so what it costs follows the window and not the chat; the tokens of the dropped are therefore told at the mean
 * of those that were read.
 */
export function chooseHistory(
  heard: HeardTurns,
  reader: CharacterId,
  room: number,
  policy: HistoryPolicy = herHistory,
  from = 0,
): ChosenHistory {
  const chosen: WrittenTurn[] = []
  let tokens = 0
  let readTokens = 0
  let readTurns = 0
  let droppedTurns = 0
  let ownTurns = 0
  for (let index = heard.length - 1; index >= 0; index -= 1) {
    const turn = heard.at(index)
    if (!turn || turn.segments.length === 0) continue
    if (turn.place < from) break
    if (!wasHeardBy(turn, reader)) throw new Error(`A turn that ${reader} did not hear was about to enter its prompt`)
    const written = writeHeard(turn, reader, keptOf(policy, ownTurns))
    if (turn.isOwn) ownTurns += 1
    if (written.body === '') continue
    const parts = [written.planning, written.head, written.body]
    const cost = parts.reduce((sum, part) => sum + estimateTokens(part), messageTokens)
    readTokens += cost
    readTurns += 1
    if (chosen.length > 0 && tokens + cost > room) {
      droppedTurns = turn.place + 1 - from
      break
    }
    chosen.push(written)
    tokens += cost
  }
  return {
    turns: chosen.reverse(),
    tokens,
    dropped: { turns: droppedTurns, tokens: droppedTurns && Math.round((droppedTurns * readTokens) / readTurns) },
  }
}
