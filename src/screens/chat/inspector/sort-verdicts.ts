import type { LoreExplanation } from '#core/lorebook/explain.ts'

interface Sorted {
  readonly used: readonly LoreExplanation[]
  /** Fired, and not in the prompt. */
  readonly lost: readonly LoreExplanation[]
  readonly silent: readonly LoreExplanation[]
  /** How many entries are not the character's to know. Which they are is not told. */
  readonly unknown: number
}

/** Explanations by what is to be told of them to a reader who is not the author. */
export function sortVerdicts(
  explanations: readonly LoreExplanation[],
  dropped: readonly { readonly bookId: string; readonly entryId: string }[],
): Sorted {
  const used: LoreExplanation[] = []
  const lost: LoreExplanation[] = []
  const silent: LoreExplanation[] = []
  let unknown = 0
  for (const explanation of explanations) {
    const { bookId, entryId, verdict } = explanation
    if (verdict.outcome === 'silent') {
      const { kind } = verdict.silence
      if (kind === 'not-known' || kind === 'other-book') unknown += 1
      else silent.push(explanation)
    } else if (verdict.outcome === 'lost' || dropped.some((one) => one.bookId === bookId && one.entryId === entryId)) {
      lost.push(explanation)
    } else used.push(explanation)
  }
  return { used, lost, silent, unknown }
}
