import * as z from 'zod/mini'
import type { JsonValue } from '#core/job.ts'
import type { BenchLine } from './bench-line.ts'
import type { Misalignment } from './read-judgement.ts'
import { type DimensionScores, dimensions } from './rubric.ts'

/** A defect with the turn it was placed on. */
export interface PlacedMisalignment extends Misalignment {
  /** Undefined where it is about no turn in particular. */
  readonly placed?: number
}

/** What the judge said of a stretch. */
export interface JudgedStretch {
  /** Its first turn and its last. */
  readonly from: number
  readonly to: number
  readonly state: 'judged' | 'unreadable' | 'unanswered'
  /** Missing where it was not judged: it is left out of every mean. */
  readonly scores?: DimensionScores
  readonly misalignments: readonly PlacedMisalignment[]
}

/** What a dialogue came to. */
export interface DialogueResult {
  /** Which of the dialogues of its seed it is, from 0. */
  readonly index: number
  readonly lines: readonly BenchLine[]
  readonly stretches: readonly JudgedStretch[]
}

const result = z.object({
  index: z.number(),
  lines: z.array(
    z.object({
      turn: z.number(),
      side: z.enum(['ai', 'user']),
      name: z.string(),
      text: z.string(),
      isScripted: z.boolean(),
      failed: z.boolean(),
    }),
  ),
  stretches: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      state: z.enum(['judged', 'unreadable', 'unanswered']),
      scores: z.optional(z.record(z.enum(dimensions), z.number())),
      misalignments: z.array(
        z.object({
          turn: z.optional(z.number()),
          dimension: z.optional(z.enum(dimensions)),
          quote: z.string(),
          why: z.string(),
          placed: z.optional(z.number()),
        }),
      ),
    }),
  ),
})

/** Reads what a journal has; undefined where the dialogue is not done. */
export function readDialogueResult(value: JsonValue | undefined): DialogueResult | undefined {
  const read = result.safeParse(value)
  return read.success ? (read.data as DialogueResult) : undefined
}
