import { conversationStart } from '#core/prompt/form.ts'
import { type BenchLine, messageToCharacter, messageToUser, type Side } from './bench-line.ts'
import { characterPrompt, simulatorPrompt } from './prompts.ts'
import type { BenchSeed } from './seed.ts'

export interface BenchMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** One line a dialogue waits for. */
export interface LineCall {
  readonly turn: number
  /** Whose turn it is: the character's model is asked, or the simulator of the user. */
  readonly side: Side
  readonly messages: readonly BenchMessage[]
}

interface PlayOptions {
  /** Turns that are played, beside the two of the seed. */
  readonly turns: number
  /** Told of each line, those of the seed too. */
  readonly onLine?: ((line: BenchLine) => void) | undefined
}

/**
 * A dialogue of a character and a simulated user, who take turns after the seed's two. It asks for each line and is told
 * it, undefined where there is none. It depends on nothing but the seed, the number of turns and the answers, so that
 * told the same answers again it stands where it stood.
 */
export function* playDialogue(
  seed: BenchSeed,
  { turns, onLine }: PlayOptions,
): Generator<LineCall, BenchLine[], string | undefined> {
  const lines: BenchLine[] = []
  const add = (side: Side, answer: string | undefined, isScripted: boolean) => {
    const name = side === 'ai' ? seed.ai_name : seed.user_name
    const line = { turn: lines.length, side, name, text: answer ?? '', isScripted, failed: answer === undefined }
    lines.push(line)
    onLine?.(line)
  }
  add('ai', seed.ai_prologue, true)
  add('user', seed.initial_user_input, true)
  const systems = { ai: characterPrompt(seed), user: simulatorPrompt(seed) }
  for (let played = 0; played < turns; played++) {
    const side = played % 2 === 0 ? 'ai' : 'user'
    const system = { role: 'system', content: systems[side] } as const
    const answer = yield { turn: lines.length, side, messages: [system, ...historyFor(side, lines)] }
    add(side, answer, false)
  }
  return lines
}

/** Own lines are `assistant`, the other's `user`; they take turns as chat templates demand, `user` first. */
function historyFor(side: Side, lines: readonly BenchLine[]): BenchMessage[] {
  const write = side === 'ai' ? messageToCharacter : messageToUser
  const messages = lines.map(
    (line): BenchMessage => ({ role: line.side === side ? 'assistant' : 'user', content: write(line) }),
  )
  return side === 'ai' ? [{ role: 'user', content: conversationStart }, ...messages] : messages
}

/** Into how many stretches some lines are cut. */
export function stretchCount(lines: number, size: number): number {
  return Math.max(1, Math.floor(lines / size + 0.5))
}

/**
 * Cuts a dialogue into stretches to judge. A rest of less than half a stretch belongs to the one before: the published
 * 102 lines are five stretches of 20, and two lines alone would count as much as twenty.
 */
export function stretchesOf(lines: readonly BenchLine[], size: number): BenchLine[][] {
  const count = stretchCount(lines.length, size)
  return Array.from({ length: count }, (_, index) =>
    lines.slice(index * size, index === count - 1 ? lines.length : (index + 1) * size),
  )
}
