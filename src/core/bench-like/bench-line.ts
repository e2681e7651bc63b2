import type { CallOutcome } from '#core/call-outcome.ts'
import { createReasoningJoiner } from '#core/her/join-reasoning.ts'
import { parseReply } from '#core/her/parse.ts'
import type { Layer, Segment } from '#core/her/segment.ts'
import { writeReply } from '#core/her/write.ts'
import { writePlayer } from '#core/her/write-player.ts'
import { disarm } from '#core/prompt/special-tokens.ts'

/** Who says a line: the character that is measured, or the user. */
export type Side = 'ai' | 'user'

/** A line of a dialogue, as its model wrote it: planning and thoughts are in it. */
export interface BenchLine {
  /** Counted from 0, the prologue. */
  readonly turn: number
  readonly side: Side
  readonly name: string
  readonly text: string
  /** It stands in the seed. */
  readonly isScripted: boolean
  /** The model gave no answer: an empty line that counts as a turn all the same. */
  readonly failed: boolean
}

/** Stands for a line in which nothing is said or done: a chat template takes no empty message. */
const silence = '…'

/**
 * What a call gave as a line; undefined where it failed. What a server took for reasoning is planning, or a whole reply:
 * the reader of replies tells which.
 */
export function answeredText(outcome: CallOutcome): string | undefined {
  if (outcome.kind === 'failed') return undefined
  const join = createReasoningJoiner()
  return join({ type: 'reasoning-delta', text: outcome.reasoning }) + join({ type: 'text-delta', text: outcome.text })
}

const shown: ReadonlySet<Layer> = new Set(['speech', 'role_action'])
const own: ReadonlySet<Layer> = new Set(['speech', 'role_action', 'role_thinking'])

/**
 * What the others may know of a line: what is said and done, without planning and thoughts, as a person would type it.
 * Whatever a simulated user or a judge is told of a line is this.
 */
export function toldText(line: BenchLine): string {
  return writePlayer(segmentsOf(line, shown))
}

/** A line as a message to the simulated user. */
export function messageToUser(line: BenchLine): string {
  return disarm(toldText(line)) || silence
}

/**
 * A line as a message to the character, in HER's wire form: of its own lines its thoughts stay and its planning does not
 * (`herHistory`); of the user's there is what is said and done.
 */
export function messageToCharacter(line: BenchLine): string {
  const body = writeReply(segmentsOf(line, line.side === 'ai' ? own : shown))
  return disarm(`${line.name}: ${body || silence}`)
}

function segmentsOf(line: BenchLine, layers: ReadonlySet<Layer>): Segment[] {
  return lineLayers(line).filter(({ layer }) => layers.has(layer))
}

/**
 * A line with all that its model wrote, planning and thoughts too: for who reads a run, and for nobody that plays in it.
 * The other's name ends no turn here, as it would in a chat: who speaks for the user is to be seen by the judge. Prose is
 * read as prose where a person might have written it; of what the character wrote its stars stay as they are.
 */
export function lineLayers({ side, name, text, isScripted }: Omit<BenchLine, 'turn'>): readonly Segment[] {
  const dialect = side === 'ai' && !isScripted ? 'her' : 'markdown'
  return parseReply(text, { dialect, speaker: name }).segments
}
