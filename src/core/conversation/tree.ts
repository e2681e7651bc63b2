import type { TurnId } from '#core/ids.ts'
import type { Turn } from './turn.ts'

/** The turns of a chat as a tree: alternates are siblings, the path from the root to the head is what is read. */
export interface Tree {
  readonly turnsById: ReadonlyMap<TurnId, Turn>
  /** Live children in the order they were made; roots under null. */
  readonly childrenByParent: ReadonlyMap<TurnId | null, readonly Turn[]>
}

const treesByTurns = new WeakMap<readonly Turn[], Tree>()

/**
 * The tree of `turns` (sorted by id). Deleted turns, and what hangs under them, are in no child list. It is kept with the
 * list: what is on screen is what a reply is asked for from.
 */
export function createTree(turns: readonly Turn[]): Tree {
  const known = treesByTurns.get(turns)
  if (known) return known
  const tree = growTree(turns)
  treesByTurns.set(turns, tree)
  return tree
}

function growTree(turns: readonly Turn[]): Tree {
  const turnsById = new Map<TurnId, Turn>()
  const childrenByParent = new Map<TurnId | null, Turn[]>()
  for (const turn of turns) {
    turnsById.set(turn.id, turn)
    if (turn.deletedAt !== undefined) continue
    const siblings = childrenByParent.get(turn.parentId)
    if (siblings) siblings.push(turn)
    else childrenByParent.set(turn.parentId, [turn])
  }
  return { turnsById, childrenByParent }
}

/**
 * The turns from the root to `headId`, oldest first. Where a parent is not in the tree (an older page is not loaded
 * yet) the path begins below it. A head that is deleted or unknown gives the path to its nearest living ancestor.
 */
export function pathTo(tree: Tree, headId: TurnId | null): Turn[] {
  const path: Turn[] = []
  for (let id = headId; id !== null; ) {
    const turn = tree.turnsById.get(id)
    if (!turn) break
    if (turn.deletedAt !== undefined) path.length = 0
    else path.push(turn)
    id = turn.parentId
  }
  return path.reverse()
}

/** The takes of a turn, itself among them, in the order they were made. */
export function takesOf(tree: Tree, turn: Turn): readonly Turn[] {
  return tree.childrenByParent.get(turn.parentId) ?? [turn]
}

/** The leaf that is read when `id` is chosen: always the newest child, down to the end. */
export function newestLeafUnder(tree: Tree, id: TurnId): TurnId {
  let leaf = id
  for (;;) {
    const child = tree.childrenByParent.get(leaf)?.at(-1)
    if (!child) return leaf
    leaf = child.id
  }
}
