import type { Preset } from './preset.ts'
import type { Flaw } from './read-judgement.ts'
import { type Dimension, dimensions } from './rubric.ts'

/** What became of the question about one dimension of one case. */
export interface DimensionResult {
  /** `unreadable`: the judge's answer could not be read. `unanswered`: there was none. */
  readonly state: 'judged' | 'unreadable' | 'unanswered'
  readonly flaws: readonly Flaw[]
  /** By the preset's rules, 0 to 100; undefined where those leave it without one. */
  readonly score?: number
  /** How often the judge was asked. */
  readonly asked: number
}

/** What the flaws of a dimension count. */
export function severitySum(flaws: readonly Flaw[], { severities }: Preset): number {
  return flaws.reduce((sum, { severity }) => {
    if (severity === undefined) return sum + severities.missing
    return Number.isInteger(severity) || severities.fractions ? sum + severity : sum
  }, 0)
}

/**
 * CoSER's score of a dimension: from 100, five off for each degree of severity, one and a half on for each turn of a
 * character, never below 0 or above 100.
 */
export function dimensionScore(flaws: readonly Flaw[], actorRounds: number, preset: Preset): number {
  return Math.max(0, Math.min(100 - (severitySum(flaws, preset) - 0.3 * actorRounds) * 5, 100))
}

/** The mean of a case's dimensions, undefined where one of them has no score. */
export function caseScore(results: Readonly<Record<Dimension, DimensionResult>>): number | undefined {
  const scores = dimensions.map((dimension) => results[dimension].score)
  return scores.every((score) => score !== undefined) ? sum(scores) / scores.length : undefined
}

/** The numbers of a case that a summary is made of. */
export interface ScoredCase {
  readonly judgements: Readonly<Record<Dimension, DimensionResult>>
  readonly bleu: number
  readonly rougeL: number
}

export interface Averages {
  /** Of the cases that have a score in it; undefined where none has. */
  readonly dimensions: Readonly<Record<Dimension, number | undefined>>
  /** The mean of the four; undefined where one is missing. */
  readonly average: number | undefined
  readonly bleu: number | undefined
  readonly rougeL: number | undefined
}

/** Means over cases, added up in the order of the cases, as the published ones were: the last digit hangs on it. */
export function averagesOf(cases: readonly ScoredCase[]): Averages {
  const means = dimensions.map((dimension) => mean(cases.map(({ judgements }) => judgements[dimension].score)))
  const complete = means.filter((value) => value !== undefined)
  return {
    dimensions: byDimension((_, index) => means[index]),
    average: complete.length === dimensions.length ? sum(complete) / complete.length : undefined,
    bleu: mean(cases.map(({ bleu }) => bleu)),
    rougeL: mean(cases.map(({ rougeL }) => rougeL)),
  }
}

/** A record of something for each dimension. */
export function byDimension<Value>(valueFor: (dimension: Dimension, index: number) => Value): Record<Dimension, Value> {
  return Object.fromEntries(dimensions.map((dimension, index) => [dimension, valueFor(dimension, index)])) as Record<
    Dimension,
    Value
  >
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length > 0 ? sum(known) / known.length : undefined
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
