import * as z from 'zod/mini'
import type { JsonValue } from './job.ts'
import type { ModelError } from './model-error.ts'

/** What a call came to, as a journal keeps it. */
export type CallOutcome =
  | {
      readonly kind: 'answered'
      readonly text: string
      /** What came in a field of its own, beside the text; empty where nothing did. */
      readonly reasoning: string
      readonly finishReason: string
      readonly promptTokens?: number
      readonly completionTokens?: number
      /** How long it took, in milliseconds. */
      readonly ms: number
    }
  /** It was tried often enough, or can't succeed. */
  | { readonly kind: 'failed'; readonly error: ModelError }

const outcome = z.union([
  z.object({
    kind: z.literal('answered'),
    text: z.string(),
    reasoning: z.string(),
    finishReason: z.string(),
    promptTokens: z.optional(z.number()),
    completionTokens: z.optional(z.number()),
    ms: z.number(),
  }),
  z.object({ kind: z.literal('failed'), error: z.looseObject({ kind: z.string() }) }),
])

/** What calls came to, and cost where the server counts. */
export interface CallsCost {
  readonly answered: number
  readonly failed: number
  readonly promptTokens: number
  readonly completionTokens: number
}

/** What all calls in a journal came to, of those before a reload too. */
export function costOf(steps: Iterable<JsonValue>): CallsCost {
  const cost = { answered: 0, failed: 0, promptTokens: 0, completionTokens: 0 }
  for (const step of steps) {
    // Looked at and not read: there are tens of thousands, and each again whenever one more is there.
    const { kind, promptTokens, completionTokens } = (step ?? {}) as Readonly<Record<string, unknown>>
    if (kind !== 'answered' && kind !== 'failed') continue
    cost[kind] += 1
    cost.promptTokens += typeof promptTokens === 'number' ? promptTokens : 0
    cost.completionTokens += typeof completionTokens === 'number' ? completionTokens : 0
  }
  return cost
}

/** Reads what a journal has; undefined where it is no outcome (a file that was edited by hand). */
export function readOutcome(value: JsonValue | undefined): CallOutcome | undefined {
  const read = outcome.safeParse(value)
  return read.success ? (read.data as CallOutcome) : undefined
}
