import { newestByPair } from './agreement.ts'
import type { Preference } from './preference.ts'

/** Whose preferences count. */
export interface Sources {
  readonly human: boolean
  readonly judge: boolean
  readonly implicit: boolean
}

/** A pair, who decides it, and what a judge said of it. */
export interface Decided {
  readonly preference: Preference
  readonly judged: Preference | undefined
}

/**
 * One verdict for each pair: the reader's own where they gave one, else a judge's, else what they did. A judge who could
 * not be read decides nothing.
 * @param kept the rows on disk, of the reader and of judges.
 * @param implicit what follows from the chats.
 */
export function decidePairs(
  kept: readonly Preference[],
  implicit: readonly Preference[],
  sources: Sources,
): readonly Decided[] {
  const human = newestByPair(kept.filter(({ by }) => by.kind === 'human'))
  const judges = newestByPair(kept.filter(({ by }) => by.kind === 'judge' && by.flag !== 'unread'))
  const acts = newestByPair(implicit)
  const keys = new Set([...human.keys(), ...judges.keys(), ...acts.keys()])
  return [...keys].flatMap((key): Decided[] => {
    const preference =
      (sources.human ? human.get(key) : undefined) ??
      (sources.judge ? judges.get(key) : undefined) ??
      (sources.implicit ? acts.get(key) : undefined)
    return preference ? [{ preference, judged: judges.get(key) }] : []
  })
}
