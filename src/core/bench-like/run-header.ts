import * as z from 'zod/mini'
import type { JsonValue } from '#core/job.ts'
import { stretchCount } from './play-dialogue.ts'
import { type BenchSeed, readSeed } from './seed.ts'

export const benchParts = ['actor', 'simulator', 'judge'] as const

/** Who is asked in a run: the character's model, the simulator of the user, the judge. */
export type BenchPart = (typeof benchParts)[number]

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

/** What a journal holds, by its keys. */
export interface Steps {
  get(key: string): JsonValue | undefined
}

/** As published. */
export const publishedRun = { turns: 100, runs: 3, stretch: 20 } as const

const oneEach = z.object({ actor: z.string(), simulator: z.string(), judge: z.string() })

const header = z.object({
  kind: z.literal('bench-like'),
  title: z.string(),
  turns: z.number(),
  runs: z.number(),
  stretch: z.number(),
  seed: z.string(),
  models: oneEach,
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

/** The dialogue of a line, by where its answer stands; undefined for any other key. */
export function dialogueOfLine(key: string): DialogueId | undefined {
  const [, index, seedId] = /^line\/(\d+)\/\d+\/(.*)$/s.exec(key) ?? []
  return seedId === undefined ? undefined : { seedId, index: Number(index) }
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

/** What two runs were made with, where it is not the same. */
export interface BenchDiffering {
  readonly what: BenchPart | keyof typeof publishedRun
  readonly first: string | number
  readonly other: string | number
  /** Scores of such two can't be compared: who judged what is another, or what was judged. */
  readonly isDecisive: boolean
}

const decisive: ReadonlySet<BenchDiffering['what']> = new Set(['judge', 'simulator', 'turns', 'stretch'])

export function benchDiffering(
  one: Pick<BenchRun, 'models' | keyof typeof publishedRun>,
  other: typeof one,
): BenchDiffering[] {
  const settings = ({ models, turns, runs, stretch }: typeof one) => ({ ...models, turns, runs, stretch })
  const [first, second] = [settings(one), settings(other)]
  return [...benchParts, 'turns' as const, 'runs' as const, 'stretch' as const]
    .filter((what) => first[what] !== second[what])
    .map((what) => ({ what, first: first[what], other: second[what], isDecisive: decisive.has(what) }))
}

/** What is written down before a run begins: its seeds, then itself. One without the last was never begun. */
export function benchRecords(run: BenchRun, seeds: readonly BenchSeed[]): [key: string, value: JsonValue][] {
  return [
    ...seeds.map((seed): [string, JsonValue] => [seedKey(seed.id), seed as unknown as JsonValue]),
    [benchRunKey, run as unknown as JsonValue],
  ]
}

/** A seed as a journal keeps it; undefined where it has none such. */
export function keptSeed(id: string, steps: Steps): BenchSeed | undefined {
  return readSeed(steps.get(seedKey(id)))
}

/** Reads the plan of a run in the page: the connection of each part. Throws where it is none, a mistake of ours. */
export function readBenchPlan(plan: JsonValue): Readonly<Record<BenchPart, string>> {
  return z.object({ connections: oneEach }).parse(plan).connections
}

/** What a run asks, where every call is answered: lines and judgements. */
export function callsAtMost(
  { turns, runs, stretch }: Pick<BenchRun, keyof typeof publishedRun>,
  seeds: number,
): number {
  return seeds * runs * (turns + stretchCount(turns + 2, stretch))
}

/** Reads what a journal has; undefined where it is no run of this kind. */
export function readBenchRun(value: JsonValue | undefined): BenchRun | undefined {
  const read = header.safeParse(value)
  return read.success ? read.data : undefined
}
