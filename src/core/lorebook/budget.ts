import type { LoreLoss } from './explain.ts'
import type { PlacedEntry } from './known-lore.ts'

/** An entry that fired, and what it costs. */
export interface Costed {
  readonly placed: PlacedEntry
  readonly tokens: number
}

/**
 * Which entries do not fit, and into what. First each book that has a budget gives up the entries of lowest priority,
 * then all books together those they can do without most easily. What does not fit is passed over: a smaller one after
 * it may still fit.
 * @param entries by the precedence of their books, and in a book from the highest order down.
 */
export function cutToBudget<Entry extends Costed>(
  entries: readonly Entry[],
  budgetTokens: number,
): ReadonlyMap<Entry, LoreLoss> {
  const cut = new Map<Entry, LoreLoss>()
  const spend = (sorted: readonly Entry[], budget: number, of: 'book' | 'all') => {
    let left = budget
    for (const each of sorted) {
      if (each.placed.entry.ignoresBudget) continue
      if (each.tokens <= left) left -= each.tokens
      else cut.set(each, { kind: 'budget', of, tokens: each.tokens, budget })
    }
  }

  for (const book of new Set(entries.map(({ placed }) => placed.book))) {
    const budget = book.book.tokenBudget
    // Books are exported with a budget of 0 where nobody set one.
    if (!budget) continue
    spend(entries.filter(({ placed }) => placed.book === book).sort(byImportance), budget, 'book')
  }
  const left = entries.filter((each) => !cut.has(each))
  spend(
    left.toSorted((one, other) => yields(one) - yields(other)),
    budgetTokens,
    'all',
  )
  return cut
}

function byImportance(one: Costed, other: Costed): number {
  const [first, second] = [one.placed.entry, other.placed.entry]
  return (
    yields(one) - yields(other) ||
    // What has no priority is as important as the least: it is given up by its order.
    (second.priority ?? 0) - (first.priority ?? 0) ||
    second.order - first.order
  )
}

function yields({ placed }: Costed): number {
  return placed.entry.decorators.yields ? 1 : 0
}
