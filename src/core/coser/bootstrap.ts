import { createRandom } from '#lib/random.ts'

/** A mean with the interval in which it lies in 95 of 100 drawings. */
export interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
  /** How many values it is of. */
  readonly count: number
}

const drawings = 2000

/**
 * The mean of some values with its 95 % interval, by drawing as many of them, with replacement, two thousand times
 * (percentile bootstrap). The same values and seed give the same interval.
 */
export function bootstrap(values: readonly number[], seed: string): Interval | undefined {
  return bootstrapOf(values, meanOf, seed)
}

/** The same for what is computed from some items: a mean of means, say. Items are drawn, not their parts. */
export function bootstrapOf<Item>(
  items: readonly Item[],
  measure: (items: readonly Item[]) => number,
  seed: string,
): Interval | undefined {
  if (items.length === 0) return undefined
  const random = createRandom(seed)
  const drawn = Array.from({ length: drawings }, () =>
    measure(items.map(() => items[Math.floor(random() * items.length)] as Item)),
  ).sort((one, other) => one - other)
  return { mean: measure(items), low: quantile(drawn, 0.025), high: quantile(drawn, 0.975), count: items.length }
}

/**
 * By how much one run is ahead of another. Where at least half of the cases are the same it is the mean of the differences
 * in those, case by case, which leaves out how hard cases are; else that of two means, each drawn by itself.
 */
export function difference(
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
  seed: string,
): (Interval & { readonly paired: boolean }) | undefined {
  const shared = [...one.keys()].filter((id) => other.has(id))
  if (shared.length > 0 && 2 * shared.length >= Math.max(one.size, other.size)) {
    const interval = bootstrap(
      shared.map((id) => (one.get(id) ?? 0) - (other.get(id) ?? 0)),
      seed,
    )
    return interval && { ...interval, paired: true }
  }
  const [ones, others] = [[...one.values()], [...other.values()]]
  if (ones.length === 0 || others.length === 0) return undefined
  const random = createRandom(seed)
  const draw = (values: readonly number[]) =>
    meanOf(values.map(() => values[Math.floor(random() * values.length)] ?? 0))
  const drawn = Array.from({ length: drawings }, () => draw(ones) - draw(others)).sort((a, b) => a - b)
  return {
    mean: meanOf(ones) - meanOf(others),
    low: quantile(drawn, 0.025),
    high: quantile(drawn, 0.975),
    count: Math.min(ones.length, others.length),
    paired: false,
  }
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Between two neighbours it is as far from the one as it lies between them. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? below
  return below + (above - below) * (place - Math.floor(place))
}
