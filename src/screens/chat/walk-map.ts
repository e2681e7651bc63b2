import type { StoryMap } from '#core/conversation/story-map.ts'

/**
 * The node an arrow key leads to from another: up to what it follows from, down to what is read next (else to the newest),
 * sideways to the next in its row. Home and End lead to the beginning and to the end of what is read. Absent where there is
 * none.
 */
export function nextNode(
  map: StoryMap,
  rows: readonly (readonly number[])[],
  from: number,
  key: string,
): number | undefined {
  const node = map.nodes[from]
  if (!node) return undefined
  switch (key) {
    case 'ArrowUp':
      return node.parent ?? undefined
    case 'ArrowDown':
      return node.children.find((child) => map.nodes[child]?.isOnPath) ?? node.children.at(-1)
    case 'ArrowLeft':
    case 'ArrowRight': {
      const row = rows[node.row] ?? []
      const place = row.indexOf(from)
      return row[place + (key === 'ArrowLeft' ? -1 : 1)]
    }
    case 'Home':
      return map.nodes.findIndex((one) => one.isOnPath)
    case 'End':
      return map.nodes.findLastIndex((one) => one.isOnPath)
    default:
      return undefined
  }
}
