import type { LoreLoss } from './explain.ts'
import type { PlacedEntry } from './known-lore.ts'

/** An entry that wants into the prompt, with what decides between those of one group. */
export interface Candidate {
  readonly placed: PlacedEntry
  readonly isSticky: boolean
  /** How many of its keys were found. */
  readonly score: number
}

export interface GroupRules {
  /** Whether the number of found keys decides, where an entry doesn't say. */
  readonly scoring: boolean
  /** Groups that have their entry already, and its title. */
  readonly taken: Map<string, string>
  /** In [0, 1), by group. */
  readonly random: (group: string) => number
}

/**
 * Leaves one entry of each group, as SillyTavern does: one that stays from before; else those with most keys found,
 * where that counts; of these the one that always wins, by its order; else one by chance, by weight. Says of the others
 * what they lost to.
 */
export function settleGroups<Entry extends Candidate>(
  candidates: readonly Entry[],
  rules: GroupRules,
): { readonly kept: Entry[]; readonly lost: Map<Entry, LoreLoss> } {
  const members = new Map<string, Entry[]>()
  for (const candidate of candidates) {
    for (const group of candidate.placed.entry.groups) members.set(group, [...(members.get(group) ?? []), candidate])
  }
  const lost = new Map<Entry, LoreLoss>()
  for (const [group, all] of members) {
    const left = all.filter((candidate) => !lost.has(candidate))
    const taken = rules.taken.get(group)
    const winner = taken === undefined ? winnerOf(left, group, rules) : undefined
    const title = taken ?? winner?.placed.entry.title
    if (title === undefined) continue
    rules.taken.set(group, title)
    for (const candidate of left) {
      if (candidate !== winner) lost.set(candidate, { kind: 'group', group, winner: title })
    }
  }
  return { kept: candidates.filter((candidate) => !lost.has(candidate)), lost }
}

function winnerOf<Entry extends Candidate>(
  members: readonly Entry[],
  group: string,
  rules: GroupRules,
): Entry | undefined {
  const staying = members.filter(({ isSticky }) => isSticky)
  const best = bestScoring(staying.length > 0 ? staying : members, rules)
  const winning = best.filter(({ placed }) => placed.entry.winsGroup)
  if (winning.length > 0) {
    return winning.reduce((one, other) => (other.placed.entry.order > one.placed.entry.order ? other : one))
  }
  const weightOf = ({ placed }: Entry) => placed.entry.groupWeight
  let left = rules.random(group) * best.reduce((sum, each) => sum + weightOf(each), 0)
  return (
    best.find((each) => {
      left -= weightOf(each)
      return left < 0
    }) ?? best.at(-1)
  )
}

function bestScoring<Entry extends Candidate>(members: readonly Entry[], { scoring }: GroupRules): readonly Entry[] {
  const counts = ({ placed }: Entry) => placed.entry.scoresInGroup ?? scoring
  if (!members.some(counts)) return members
  const most = Math.max(...members.map(({ score }) => score))
  return members.filter((member) => !counts(member) || member.score === most)
}
