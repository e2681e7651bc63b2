import type { Compiled, Program } from './program.ts'

/** Steps that may still be taken; shared by all that runs on it. */
export interface Steps {
  left: number
}

/** The text as the pattern reads it: by UTF-16 units, or by code points. */
export type Characters = string | readonly string[]

export interface Reading {
  /** `^` and `$` are at every line. */
  readonly multiline: boolean
  /** Only a match that begins where the text begins counts. */
  readonly sticky: boolean
  readonly isWord: (character: string) => boolean
}

/**
 * Whether the pattern matches anywhere in the text, or nothing when the steps ran out. All paths are followed at once,
 * so a character costs at most as many steps as the program has: no pattern takes more than program × text.
 */
export function runProgram(compiled: Compiled, text: Characters, reading: Reading, steps: Steps): boolean | undefined {
  const answers: Uint8Array[] = []
  for (const { ahead, program } of compiled.looks) {
    const answer = new Uint8Array(text.length + 1)
    if (run(program, text, reading, answers, steps, ahead, answer) === undefined) return undefined
    answers.push(answer)
  }
  return run(compiled.program, text, reading, answers, steps, false)
}

/**
 * Runs one program over the text, a new start at every place. With `ends` it goes through to the end and marks each
 * place a match ends at; without, the first match is the answer.
 */
function run(
  program: Program,
  text: Characters,
  reading: Reading,
  answers: readonly Uint8Array[],
  steps: Steps,
  backwards: boolean,
  ends?: Uint8Array,
): boolean | undefined {
  const seenAt = new Int32Array(program.length).fill(-1)
  let active: number[] = []
  let following: number[] = []
  const waiting: number[] = []
  const { length } = text
  const isAnchored = reading.sticky && !ends

  for (let step = 0; step <= length; step++) {
    const place = backwards ? length - step : step
    const before = place > 0 ? text[place - 1] : undefined
    const after = place < length ? text[place] : undefined
    if (!isAnchored || step === 0) following.push(0)
    ;[active, following] = [following, active]
    following.length = 0
    for (const start of active) waiting.push(start)
    const character = backwards ? before : after
    while (waiting.length > 0) {
      const at = waiting.pop() ?? 0
      if (seenAt[at] === step) continue
      seenAt[at] = step
      if (--steps.left < 0) return undefined
      const instruction = program[at]
      switch (instruction?.type) {
        case 'match':
          if (!ends) return true
          ends[place] = 1
          break
        case 'fork':
          waiting.push(instruction.next)
          if (instruction.other !== instruction.next) waiting.push(instruction.other)
          break
        case 'look':
          if ((answers[instruction.look]?.[place] === 1) !== instruction.negative) waiting.push(instruction.next)
          break
        case 'edge':
          if (isAtEdge(instruction.edge, before, after, reading)) waiting.push(instruction.next)
          break
        case 'character':
          if (character !== undefined && instruction.test(character)) following.push(instruction.next)
      }
    }
  }
  return ends !== undefined
}

function isAtEdge(
  edge: 'start' | 'end' | 'boundary' | 'no-boundary',
  before: string | undefined,
  after: string | undefined,
  { multiline, isWord }: Reading,
): boolean {
  switch (edge) {
    case 'start':
      return before === undefined || (multiline && isLineEnd(before))
    case 'end':
      return after === undefined || (multiline && isLineEnd(after))
    default: {
      const isBoundary = (before !== undefined && isWord(before)) !== (after !== undefined && isWord(after))
      return isBoundary === (edge === 'boundary')
    }
  }
}

function isLineEnd(character: string): boolean {
  return character === '\n' || character === '\r' || character === '\u2028' || character === '\u2029'
}
