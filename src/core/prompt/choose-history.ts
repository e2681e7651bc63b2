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

/** When turns have to drop, up to one in so many of those that would fit drop with them. */
const spareShare = 8

interface Candidate {
  readonly place: number
  readonly written: WrittenTurn
  readonly cost: number
}

/**
 * Takes turns from the newest back while they fit into `room` tokens: older ones drop whole, and everything before the
 * first that doesn't fit. The newest with something in it is taken even if it doesn't fit: without it there is nothing
 * to answer. Where turns drop, a few more do (`steadyStart`), so that the next prompts begin with the same turn: a server
 * keeps what it has read of a prompt only as far as the next one is the same. Nothing is taken of the first `from` turns
 * of the path, which a memory stands for, nor do they count as dropped; all others before the first that was taken do,
 * heard or not. Turns are read one by one and not after the room is full, so what it costs follows the window and not the
 * chat; the tokens of the dropped are therefore told at the mean of those that were read.
 */
export function chooseHistory(
  heard: HeardTurns,
  reader: CharacterId,
  room: number,
  policy: HistoryPolicy = herHistory,
  from = 0,
): ChosenHistory {
  const fitting: Candidate[] = []
  let tokens = 0
  let readTokens = 0
  let readTurns = 0
  /** How many of the turns from `from` on are before those that fit. */
  let unfitting = 0
  let ownTurns = 0
  for (let index = heard.length - 1; index >= 0; index -= 1) {
    const turn = heard.at(index)
    if (!turn || turn.segments.length === 0) continue
    if (turn.place < from) break
    if (!wasHeardBy(turn, reader)) throw new Error(`A turn that ${reader} did not hear was about to enter its prompt`)
    const written = writeHeard(turn, reader, keptOf(policy, ownTurns))
    if (turn.isOwn) ownTurns += 1
    if (written.body === '') continue
    const cost = costOf(written)
    readTokens += cost
    readTurns += 1
    if (fitting.length > 0 && tokens + cost > room) {
      unfitting = turn.place + 1 - from
      break
    }
    fitting.push({ place: turn.place, written, cost })
    tokens += cost
  }
  fitting.reverse()
  const start = unfitting > 0 ? steadyStart(fitting) : 0
  const chosen = fitting.slice(start)
  const droppedTurns = start > 0 ? (fitting[start]?.place ?? 0) - from : unfitting
  return {
    turns: chosen.map(({ written }) => written),
    tokens: chosen.reduce((sum, { cost }) => sum + cost, 0),
    dropped: { turns: droppedTurns, tokens: droppedTurns && Math.round((droppedTurns * readTokens) / readTurns) },
  }
}

/**
 * With which of the turns that fit a prompt begins when not all do: of the oldest few the one whose place in the path is
 * the roundest number (in twos). While a chat grows that is the same turn for as long as those few have it among them.
 */
function steadyStart(fitting: readonly Candidate[]): number {
  let best = 0
  for (let index = 1; index <= fitting.length / spareShare; index += 1) {
    if (roundness(fitting[index]?.place) > roundness(fitting[best]?.place)) best = index
  }
  return best
}

/** The largest power of two that divides a number; of 0 all do. */
function roundness(place = 0): number {
  return place === 0 ? Number.POSITIVE_INFINITY : place & -place
}

const costs = new WeakMap<WrittenTurn, number>()

function costOf(written: WrittenTurn): number {
  const known = costs.get(written)
  if (known !== undefined) return known
  const parts = [written.planning, written.head, written.body]
  const cost = parts.reduce((sum, part) => sum + estimateTokens(part), messageTokens)
  costs.set(written, cost)
  return cost
}
