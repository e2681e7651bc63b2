import { readOutcome } from '#core/call-outcome.ts'
import { answeredText, type BenchLine, type Side } from './bench-line.ts'
import { playDialogue } from './play-dialogue.ts'
import { type BenchRun, type DialogueId, lineKey, type Steps } from './run-header.ts'
import type { BenchSeed } from './seed.ts'

interface DialogueSoFar {
  readonly lines: readonly BenchLine[]
  /** Whose line it waits for; undefined when all are there. */
  readonly next: Side | undefined
}

/** A dialogue as far as its journal goes: gone through once more, nobody is asked. */
export function dialogueSoFar(seed: BenchSeed, run: BenchRun, dialogue: DialogueId, steps: Steps): DialogueSoFar {
  const lines: BenchLine[] = []
  const playing = playDialogue(seed, { turns: run.turns, onLine: (line) => lines.push(line) })
  let step = playing.next()
  while (!step.done) {
    const outcome = readOutcome(steps.get(lineKey(dialogue, step.value.turn)))
    if (!outcome) return { lines, next: step.value.side }
    step = playing.next(answeredText(outcome))
  }
  return { lines, next: undefined }
}
