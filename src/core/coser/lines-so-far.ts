import { readOutcome } from '#core/call-outcome.ts'
import type { JsonValue } from '#core/job.ts'
import { type ActingCall, act, type PlayedLine } from './acting.ts'
import type { EvaluationCase } from './evaluation-case.ts'
import { presetOf, type RunHeader } from './run-header.ts'

/** Where in a journal the answer to a call of a play stands. */
export function actingKey(id: string, { round, part }: Pick<ActingCall, 'round' | 'part'>): string {
  return `${id}/${round}/${part}`
}

/** What a play depends on, by its run. */
export function actingOptions(run: RunHeader) {
  return {
    preset: presetOf(run),
    rounds: run.rounds,
    continueFrom: run.continueFrom,
    choosesByChance: run.choosing === 'chance',
    models: run.models,
    seed: run.seed,
  }
}

export interface PlaySoFar {
  readonly lines: readonly PlayedLine[]
  /** What it waits for; undefined when the play is over. */
  readonly next: Pick<ActingCall, 'part' | 'speaker'> | undefined
  /** What was said and is not a line yet, since who is next is still asked. */
  readonly newest: string | undefined
}

/** A play as far as its journal goes: gone through once more, nobody is asked. */
export function linesSoFar(test: EvaluationCase, run: RunHeader, steps: ReadonlyMap<string, JsonValue>): PlaySoFar {
  const lines: PlayedLine[] = []
  const acting = act(test, { ...actingOptions(run), onLine: (line) => lines.push(line) })
  let newest: string | undefined
  let step = acting.next()
  while (!step.done) {
    const outcome = readOutcome(steps.get(actingKey(test.id, step.value)))
    if (!outcome) return { lines, next: step.value, newest: step.value.part === 'next-speaker' ? newest : undefined }
    const text = outcome.kind === 'answered' ? outcome.text : undefined
    newest = text
    step = acting.next(text)
  }
  return { lines, next: undefined, newest: undefined }
}
