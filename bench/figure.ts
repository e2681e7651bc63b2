/** One line of the bench. `met` is there where a target is. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly target?: string
  readonly met?: boolean
  readonly [detail: string]: unknown
}

/** A figure that must not be above `limit`. */
export function atMost(limit: number, name: string, value: number, unit: string, details: object = {}): Figure {
  return { name, value: round(value), unit, target: `≤ ${limit}`, met: value <= limit, ...details }
}

/** A figure that must not be below `limit`. */
export function atLeast(limit: number, name: string, value: number, unit: string, details: object = {}): Figure {
  return { name, value: round(value), unit, target: `≥ ${limit}`, met: value >= limit, ...details }
}

/** A figure without a target, for the sake of those that have one. */
export function known(name: string, value: number, unit: string, details: object = {}): Figure {
  return { name, value: round(value), unit, ...details }
}

/** Three digits are more than a busy machine can vouch for. */
export function round(value: number): number {
  return Number(value.toPrecision(3))
}

/** The value in the middle; of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The smallest value that is not below the share `part` of them. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
}
