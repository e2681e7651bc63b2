import * as z from 'zod/mini'
import type { JsonValue } from '#core/job.ts'
import { type EvaluationCase, type MotivationSource, readEvaluationCases } from './evaluation-case.ts'
import { type Preset, presets } from './preset.ts'

/** What a run is made with, and all that its course depends on beside the answers. The first step of its journal. */
export interface RunHeader {
  readonly kind: 'coser'
  readonly title: string
  readonly preset: Preset['id']
  /** Rounds of a case at most. */
  readonly rounds: number
  /** Lines that are taken from the book. */
  readonly continueFrom: number
  readonly motivation: MotivationSource
  /** Who is next: as a model says, or by chance each time. */
  readonly choosing: 'model' | 'chance'
  readonly seed: string
  /** The name of the model in each part. */
  readonly models: Readonly<Record<RunPart, string>>
  readonly caseIds: readonly string[]
}

export const runParts = ['actor', 'environment', 'next-speaker', 'judge'] as const

/** A part in a run that a model plays. */
export type RunPart = (typeof runParts)[number]

const oneEach = z.object({ actor: z.string(), environment: z.string(), 'next-speaker': z.string(), judge: z.string() })

const header = z.object({
  kind: z.literal('coser'),
  title: z.string(),
  preset: z.enum(['coser-2025-02', 'her-2026']),
  rounds: z.number(),
  continueFrom: z.number(),
  motivation: z.enum(['motivation-or-thought', 'published']),
  choosing: z.enum(['model', 'chance']),
  seed: z.string(),
  models: oneEach,
  caseIds: z.array(z.string()),
})

/** Where in a journal it stands. */
export const headerKey = 'run'

/** Where the case itself stands, as it was in its file: a journal is whole without it. */
export function caseKey(id: string): string {
  return `case/${id}`
}

/** What two runs were made with, where it is not the same. The actor is what is measured. */
export interface RunDiffering {
  readonly what: RunPart | 'preset' | 'rounds' | 'motivation' | 'continueFrom' | 'choosing'
  readonly first: string | number
  readonly other: string | number
  /** Scores of such two can't be compared. */
  readonly isDecisive: boolean
}

export function runDiffering(one: RunHeader, other: RunHeader): RunDiffering[] {
  const [first, second] = [settingsOf(one), settingsOf(other)]
  return ([...runParts, 'preset', 'rounds', 'motivation', 'continueFrom', 'choosing'] as const)
    .filter((what) => first[what] !== second[what])
    .map((what) => ({
      what,
      first: first[what],
      other: second[what],
      isDecisive: what === 'preset' || what === 'judge',
    }))
}

function settingsOf({ models, preset, rounds, motivation, continueFrom, choosing }: RunHeader) {
  return { ...models, preset, rounds, motivation, continueFrom, choosing }
}

/**
 * What is written down before a run begins: its cases, as they were in their file, then itself. One without the last was
 * never begun.
 */
export function runRecords(run: RunHeader, raw: ReadonlyMap<string, JsonValue>): [key: string, value: JsonValue][] {
  return [
    ...run.caseIds.map((id): [string, JsonValue] => [caseKey(id), raw.get(id) ?? null]),
    [headerKey, run as unknown as JsonValue],
  ]
}

/** Reads what a journal has; undefined where it is no run of this kind. */
export function readRunHeader(value: JsonValue | undefined): RunHeader | undefined {
  const read = header.safeParse(value)
  return read.success ? read.data : undefined
}

/** Reads the plan of a run in the page: the connection of each part. Throws where it is none, a mistake of ours. */
export function readRunPlan(plan: JsonValue): Readonly<Record<RunPart, string>> {
  return z.object({ connections: oneEach }).parse(plan).connections
}

/** The preset of a run, with the rounds it was given. */
export function presetOf({ preset }: RunHeader): Preset {
  return presets[preset]
}

/** Reads a case that a journal keeps; undefined where it has none such. */
export function readKeptCase(id: string, value: JsonValue | undefined, run: RunHeader): EvaluationCase | undefined {
  const read = readEvaluationCases((value ?? null) as Parameters<typeof readEvaluationCases>[0], run.motivation)
    .cases[0]
  return read && { ...read, id }
}
