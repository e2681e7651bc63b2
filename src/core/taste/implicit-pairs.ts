import { readTurn } from '#core/conversation/read-turn.ts'
import { pathTo, type Tree, takesOf } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { PreferenceId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { isComparable, type Played, pairOf } from './pairs.ts'
import type { Preference, PreferredBy } from './preference.ts'

type From = Extract<PreferredBy, { kind: 'implicit' }>['from']

/**
 * What a reader preferred without being asked, from what lies on disk: a take on the path that is read against its
 * siblings. What was corrected or steered is preferred to what it was made from. What was read on with is preferred to a
 * take that nobody read on with; two takes that both go on are two branches, and no verdict.
 * @param headId where the reader is.
 */
export function implicitPairs(tree: Tree, headId: TurnId | null, cast: Cast, played: Played): Preference[] {
  const path = pathTo(tree, headId)
  return path.flatMap((shown, place) => {
    if (!isComparable(shown, played)) return []
    const isReadOn = place < path.length - 1
    return takesOf(tree, shown).flatMap((other): Preference[] => {
      if (other.id === shown.id || !isComparable(other, played) || !isSameSpeaker(other, shown)) return []
      if (other.raw === shown.raw) return []
      const from = whyPreferred(shown, other, cast) ?? (isReadOn && isLeaf(tree, other) ? 'kept' : undefined)
      return from ? [preferenceOf(shown, other, from)] : []
    })
  })
}

function whyPreferred(shown: Turn, other: Turn, cast: Cast): From | undefined {
  if (shown.editedFrom !== other.id) return undefined
  if (!shown.making) return 'corrected'
  return shown.making.kept && hasNewThought(shown, other, cast) ? 'steered' : undefined
}

/** A take may also begin with thoughts that were kept as they were: then only what was said is another. */
function hasNewThought(shown: Turn, other: Turn, cast: Cast): boolean {
  const before = new Set(thoughtsOf(other, cast))
  const [first, ...rest] = thoughtsOf(shown, cast)
  return first !== undefined && [first, ...rest].some((thought) => !before.has(thought))
}

function thoughtsOf(turn: Turn, cast: Cast): string[] {
  return readTurn(turn, cast)
    .segments.filter(({ layer, text }) => layer === 'role_thinking' && text !== '')
    .map(({ text }) => text)
}

function isSameSpeaker({ speaker: one }: Turn, { speaker: other }: Turn): boolean {
  return one.kind === 'character' && other.kind === 'character' && one.characterId === other.characterId
}

function isLeaf(tree: Tree, { id }: Turn): boolean {
  return (tree.childrenByParent.get(id)?.length ?? 0) === 0
}

function preferenceOf(winner: Turn, loser: Turn, from: From): Preference {
  const pair = pairOf(winner, loser)
  return {
    id: `implicit ${pair.a} ${pair.b}` as PreferenceId,
    ...pair,
    verdict: pair.a === winner.id ? 'a' : 'b',
    by: { kind: 'implicit', from },
    principles: [],
    createdAt: winner.createdAt,
  }
}
