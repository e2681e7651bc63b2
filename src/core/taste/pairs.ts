import type { Conversation } from '#core/conversation/conversation.ts'
import type { Tree } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Preference } from './preference.ts'

/** Two takes of one turn that can be compared. `a` was made first. */
export type Pair = Pick<Preference, 'conversationId' | 'parentId' | 'a' | 'b'>

/** Who the reader plays: their own turns are nothing to judge. */
export type Played = Pick<Conversation, 'userPlays'>

/**
 * A take that can stand beside another: a character's, whole, with words, and neither a card's greeting nor what the
 * reader says as whom they play.
 */
export function isComparable({ speaker, ending, raw, template, deletedAt }: Turn, { userPlays }: Played): boolean {
  return (
    speaker.kind === 'character' &&
    speaker.characterId !== userPlays &&
    ending === 'complete' &&
    !template &&
    deletedAt === undefined &&
    raw.trim() !== ''
  )
}

/** The comparable takes of every turn that has two or more, by who speaks, in the order they were made. */
export function comparableTakes(tree: Tree, played: Played): Turn[][] {
  const groups: Turn[][] = []
  for (const siblings of tree.childrenByParent.values()) {
    const takesBySpeaker = new Map<string, Turn[]>()
    for (const turn of siblings) {
      if (!isComparable(turn, played) || turn.speaker.kind !== 'character') continue
      const takes = takesBySpeaker.get(turn.speaker.characterId) ?? []
      // Word for word the same is nothing to choose between.
      if (!takes.some(({ raw }) => raw === turn.raw)) takes.push(turn)
      takesBySpeaker.set(turn.speaker.characterId, takes)
    }
    groups.push(...[...takesBySpeaker.values()].filter((takes) => takes.length > 1))
  }
  return groups
}

/** Each take beside the one that was made after it: of `n` takes there are `n - 1` pairs to be asked about, and not all. */
export function pairsOf(tree: Tree, played: Played): Pair[] {
  return comparableTakes(tree, played).flatMap((takes) =>
    takes.slice(1).map((take, index) => pairOf(takes[index] as Turn, take)),
  )
}

/** Two takes as a pair, in whichever order they are given. */
export function pairOf(one: Turn, other: Turn): Pair {
  // Ids sort by the time they were made.
  const [a, b] = one.id < other.id ? [one, other] : [other, one]
  return { conversationId: a.conversationId, parentId: a.parentId, a: a.id, b: b.id }
}
