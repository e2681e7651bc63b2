import * as z from 'zod/mini'
import type { JsonValue } from '#core/job.ts'

/** Who is asked in a run: the character's model, the simulator of the user, the judge. */
export type BenchPart = 'actor' | 'simulator' | 'judge'

/** What a run is made with, and all that its course depends on beside the answers. */
export interface BenchRun {
  readonly kind: 'bench-like'
  readonly title: string
  /** Turns that are played, beside the two of the seed. */
  readonly turns: number
  /** How often each seed is played. */
  readonly runs: number
  /** Turns that are judged at once. */
  readonly stretch: number
  /** Of the drawings behind the intervals. */
  readonly seed: string
  readonly models: Readonly<Record<BenchPart, string>>
  readonly seedIds: readonly string[]
}

/** As published. */
export const publishedRun = { turns: 100, runs: 3, stretch: 20 } as const

const header = z.object({
  kind: z.literal('bench-like'),
  title: z.string(),
  turns: z.number(),
  runs: z.number(),
  stretch: z.number(),
  seed: z.string(),
  models: z.object({ actor: z.string(), simulator: z.string(), judge: z.string() }),
  seedIds: z.array(z.string()),
})

/** Where in a journal it stands. */
export const benchRunKey = 'run'

/** Where a seed stands, as it was in its file: a journal is whole without it. */
export function seedKey(id: string): string {
  return `seed/${id}`
}

/** One dialogue of a run: a seed, played for the first time (0), the second, and so on. */
export interface DialogueId {
  readonly seedId: string
  readonly index: number
}

/** Where the answer for a line stands. The seed's id, which may hold anything, comes last. */
export function lineKey({ seedId, index }: DialogueId, turn: number): string {
  return `line/${index}/${turn}/${seedId}`
}

/** Where the answer about a stretch stands. */
export function judgeKey({ seedId, index }: DialogueId, stretch: number): string {
  return `judge/${index}/${stretch}/${seedId}`
}

/** Where the result of a dialogue stands. */
export function dialogueKey({ seedId, index }: DialogueId): string {
  return `dialogue/${index}/${seedId}`
}

/** Every dialogue of a run: all seeds once before any is played again. */
export function dialoguesOf({ runs, seedIds }: BenchRun): DialogueId[] {
  return Array.from({ length: runs }, (_, index) => seedIds.map((seedId) => ({ seedId, index }))).flat()
}

/** Reads what a journal has; undefined where it is no run of this kind. */
export function readBenchRun(value: JsonValue | undefined): BenchRun | undefined {
  const read = header.safeParse(value)
  return read.success ? read.data : undefined
}
