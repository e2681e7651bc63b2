import { createStoryMap } from '#core/conversation/story-map.ts'
import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Story } from '#core/story/story.ts'

/** Which branches of a chat go out: what is read now, or every one to its end. */
export type BranchChoice = 'path' | 'all'

/** A branch of a chat from its beginning to its end, oldest turn first. */
export interface Branch {
  /** Which of the chat's branches it is, from 0 in the order they ended; what is read now is 0 where it alone goes out. */
  readonly index: number
  readonly path: readonly Turn[]
}

/** The chosen branches, one at a time: a chat may have thousands. */
export function* branchesOf({ conversation, turns }: Story, choice: BranchChoice): Generator<Branch> {
  const tree = createTree(turns)
  if (choice === 'path') {
    const path = pathTo(tree, conversation.headId)
    if (path.length > 0) yield { index: 0, path }
    return
  }
  const { nodes, leaves } = createStoryMap(tree, null)
  for (const [index, leaf] of leaves.entries()) {
    const last = nodes[leaf]?.turns.at(-1)
    if (last) yield { index, path: pathTo(tree, last) }
  }
}
