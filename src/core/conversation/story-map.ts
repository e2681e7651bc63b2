import type { TurnId } from '#core/ids.ts'
import { pathTo, type Tree } from './tree.ts'
import type { Turn } from './turn.ts'

/** A straight run of turns, drawn as one: it ends where the story forks, where it stops, at the head, and at a mark. */
export interface MapNode {
  /** Oldest first; never empty. */
  readonly turns: readonly TurnId[]
  /** Index of the run this one goes on from; null for a beginning. */
  readonly parent: number | null
  /** Indexes of the runs that go on from this one, in the order they were made. */
  readonly children: readonly number[]
  /** Column, from 0 at the left. No two nodes share both lane and row. */
  readonly lane: number
  /** One below its parent's. */
  readonly row: number
  /** True when what is read now goes through this run; then it goes through the whole of it. */
  readonly isOnPath: boolean
}

/** A chat's tree as a picture one can walk. */
export interface StoryMap {
  /** Parents before their children. */
  readonly nodes: readonly MapNode[]
  readonly nodeByTurn: ReadonlyMap<TurnId, number>
  /** Nodes that more than one run goes on from. */
  readonly forks: readonly number[]
  /** Nodes that nothing goes on from: the ends of the story, in the order they were made. */
  readonly leaves: readonly number[]
  readonly lanes: number
  readonly rows: number
}

interface Draft {
  readonly turns: TurnId[]
  readonly parent: number | null
  readonly children: number[]
  readonly row: number
  readonly isOnPath: boolean
  lane: number
}

/**
 * Lays out the living turns of a tree. What is read now runs straight down in the first lane; from each fork the newest
 * run goes on in its lane, and the others move aside to the right.
 * @param marked turns that a run is to end at (bookmarks), so that each can be pointed at.
 */
export function createStoryMap(tree: Tree, headId: TurnId | null, marked: ReadonlySet<TurnId> = new Set()): StoryMap {
  const path = pathTo(tree, headId)
  const onPath = new Set(path.map((turn) => turn.id))
  const shownHead = path.at(-1)?.id
  const { nodes, nodeByTurn, beginnings } = collectRuns(tree, onPath, (id) => id === shownHead || marked.has(id))
  const lanes = assignLanes(nodes, beginnings)
  const leaves = nodes.flatMap((node, index) => (node.children.length === 0 ? [index] : []))
  const lastTurn = (index: number) => nodes[index]?.turns.at(-1) ?? ''
  return {
    nodes,
    nodeByTurn,
    forks: nodes.flatMap((node, index) => (node.children.length > 1 ? [index] : [])),
    leaves: leaves.sort((one, other) => (lastTurn(one) < lastTurn(other) ? -1 : 1)),
    lanes,
    rows: nodes.reduce((rows, node) => Math.max(rows, node.row + 1), 0),
  }
}

/** Follows every run from its first turn to its last, beginning at the roots. */
function collectRuns(tree: Tree, onPath: ReadonlySet<TurnId>, endsRun: (id: TurnId) => boolean) {
  const nodes: Draft[] = []
  const nodeByTurn = new Map<TurnId, number>()
  const beginnings: number[] = []
  const waiting: { readonly first: Turn; readonly parent: number | null }[] = []
  for (const first of rootsOf(tree)) waiting.push({ first, parent: null })
  // The list grows while it is walked, so that parents come before children without recursion.
  for (const { first, parent } of waiting) {
    const index = nodes.length
    const above = parent === null ? undefined : nodes[parent]
    const node: Draft = {
      turns: [],
      parent,
      children: [],
      row: above ? above.row + 1 : 0,
      isOnPath: onPath.has(first.id),
      lane: 0,
    }
    nodes.push(node)
    if (above) above.children.push(index)
    else beginnings.push(index)
    for (let turn = first; ; ) {
      node.turns.push(turn.id)
      nodeByTurn.set(turn.id, index)
      const next = tree.childrenByParent.get(turn.id) ?? []
      const only = next.length === 1 ? next[0] : undefined
      if (only && !endsRun(turn.id)) turn = only
      else {
        for (const child of next) waiting.push({ first: child, parent: index })
        break
      }
    }
  }
  return { nodes, nodeByTurn, beginnings }
}

/** Turns that begin a story, or whose parent is not loaded. */
function rootsOf(tree: Tree): Turn[] {
  const roots: Turn[] = []
  for (const [parentId, turns] of tree.childrenByParent) {
    if (parentId === null || !tree.turnsById.has(parentId)) roots.push(...turns)
  }
  return roots
}

/**
 * Places the runs chain by chain: a chain is a run and what goes straight on below it. Each is put into the first lane that
 * is free in all its rows and in the row it forks from. Side branches are placed from the lowest fork up, so
 * that no line crosses another. Gives how many lanes there are.
 */
function assignLanes(nodes: readonly Draft[], beginnings: readonly number[]): number {
  const freeLaneByRow: number[] = []
  let lanes = 0
  const isOnPath = (index: number) => nodes[index]?.isOnPath === true
  const mainOf = (indexes: readonly number[]) => indexes.find(isOnPath) ?? indexes.at(-1)

  const main = mainOf(beginnings)
  // The last is placed first.
  const waiting = beginnings.filter((index) => index !== main).reverse()
  if (main !== undefined) waiting.push(main)
  for (let first = waiting.pop(); first !== undefined; first = waiting.pop()) {
    const chain = [first]
    for (let next = mainOf(nodes[first]?.children ?? []); next !== undefined; ) {
      chain.push(next)
      next = mainOf(nodes[next]?.children ?? [])
    }
    const top = nodes[first]?.row ?? 0
    const from = Math.max(0, top - 1)
    let lane = 0
    for (let row = from; row < top + chain.length; row++) lane = Math.max(lane, freeLaneByRow[row] ?? 0)
    for (let row = from; row < top + chain.length; row++) freeLaneByRow[row] = lane + 1
    lanes = Math.max(lanes, lane + 1)
    for (const index of chain) {
      const node = nodes[index]
      if (!node) continue
      node.lane = lane
      const straightOn = mainOf(node.children)
      for (const child of node.children.toReversed()) if (child !== straightOn) waiting.push(child)
    }
  }
  return lanes
}
