import { type Preference, pairKey, type Verdict } from './preference.ts'

/** How far two who looked at the same pairs agree. */
export interface Agreement {
  readonly pairs: number
  readonly agreed: number
  /** Cohen's: 1 is full agreement, 0 is what chance would give. Missing where chance alone gives everything. */
  readonly kappa?: number
}

const verdicts: readonly Verdict[] = ['a', 'b', 'tie']

/** @param pairs what either said of each pair. */
export function agreementOf(pairs: readonly (readonly [Verdict, Verdict])[]): Agreement {
  const agreed = pairs.filter(([one, other]) => one === other).length
  if (pairs.length === 0) return { pairs: 0, agreed }
  const share = (side: 0 | 1, verdict: Verdict) => pairs.filter((pair) => pair[side] === verdict).length / pairs.length
  const byChance = verdicts.reduce((sum, verdict) => sum + share(0, verdict) * share(1, verdict), 0)
  const kappa = (agreed / pairs.length - byChance) / (1 - byChance)
  return { pairs: pairs.length, agreed, ...(Number.isFinite(kappa) && { kappa }) }
}

/** The verdicts of a reader and of a judge on the pairs both have looked at; what a judge was not read in is left out. */
export function bothVerdicts(human: readonly Preference[], judge: readonly Preference[]): [Verdict, Verdict][] {
  const said = newestByPair(human)
  return [...newestByPair(judge)].flatMap(([key, judged]): [Verdict, Verdict][] => {
    const mine = said.get(key)
    if (!mine || (judged.by.kind === 'judge' && judged.by.flag === 'unread')) return []
    return [[mine.verdict, judged.verdict]]
  })
}

/** The last word on each pair. */
export function newestByPair(preferences: readonly Preference[]): Map<string, Preference> {
  const newest = new Map<string, Preference>()
  for (const preference of preferences) {
    const key = pairKey(preference)
    const known = newest.get(key)
    if (!known || known.createdAt <= preference.createdAt) newest.set(key, preference)
  }
  return newest
}
