import * as z from 'zod/mini'
import type { JsonValue } from '#core/job.ts'
import type { PlayedLine } from './acting.ts'
import type { DimensionResult, ScoredCase } from './score.ts'

/** What a case came to: the play, the judgement, the numbers. */
export interface CaseResult extends ScoredCase {
  readonly lines: readonly PlayedLine[]
  /** Turns of characters, which add to the score. */
  readonly actorRounds: number
  /** The mean of the four dimensions; missing where one of them has none. */
  readonly score?: number
}

const line = z.object({
  round: z.number(),
  speaker: z.string(),
  text: z.string(),
  failed: z.boolean(),
  drewNext: z.boolean(),
  given: z.boolean(),
})
const flaw = z.object({ instance: z.string(), type: z.string(), severity: z.optional(z.number()) })
const judgement = z.object({
  state: z.enum(['judged', 'unreadable', 'unanswered']),
  flaws: z.array(flaw),
  score: z.optional(z.number()),
  asked: z.number(),
})
const result = z.object({
  lines: z.array(line),
  actorRounds: z.number(),
  score: z.optional(z.number()),
  bleu: z.number(),
  rougeL: z.number(),
  judgements: z.object({
    'Storyline Consistency': judgement,
    Anthropomorphism: judgement,
    'Character Fidelity': judgement,
    'Storyline Quality': judgement,
  }),
})

/** Where in a journal the result of a case stands. */
export function resultKey(id: string): string {
  return `${id}/result`
}

/** Reads what a journal has; undefined where the case is not done. */
export function readCaseResult(value: JsonValue | undefined): CaseResult | undefined {
  const read = result.safeParse(value)
  return read.success ? (read.data as CaseResult) : undefined
}

/** Judgements by their state. */
export function countStates(results: readonly CaseResult[], state: DimensionResult['state']): number {
  return results.flatMap(({ judgements }) => Object.values(judgements)).filter((one) => one.state === state).length
}
