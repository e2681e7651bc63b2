import { diffArrays } from 'diff'
import type { Layer, Segment } from '#core/her/segment.ts'
import { type DiffPiece, diffWords } from './diff-words.ts'

/** A segment of one take beside the segment of the other that stands in its place, if there is one. */
export interface DiffRow {
  readonly layer: Layer
  readonly pieces: readonly DiffPiece[]
}

/** Segments that may differ before two takes are not put side by side any more, but one after the other. */
const mostEdits = 500

/**
 * Compares two takes of a turn, layer by layer and in the order of the reply: a planning is compared with a planning, the
 * second action with the action that stands in its place. What is word for word the same in both is matched first; what
 * has no partner is removed or added as a whole. Every text of either take is in one row.
 */
export function diffTakes(left: readonly Segment[], right: readonly Segment[]): DiffRow[] {
  const whole = ({ layer, text }: Segment) => `${layer} ${text}`
  return align(left, right, whole, (removed, added) => align(removed, added, ({ layer }) => layer, replace))
}

type Rows = (removed: readonly Segment[], added: readonly Segment[]) => DiffRow[]

/** Rows for the segments that have the same key in both, in order; `between` makes those for what lies between them. */
function align(
  left: readonly Segment[],
  right: readonly Segment[],
  key: (segment: Segment) => string,
  between: Rows,
): DiffRow[] {
  const changes = diffArrays(left.map(key), right.map(key), { maxEditLength: mostEdits })
  if (!changes) return between(left, right)
  let rows: DiffRow[] = []
  let leftAt = 0
  let rightAt = 0
  let removed: Segment[] = []
  let added: Segment[] = []
  const flush = () => {
    if (removed.length + added.length > 0) rows = rows.concat(between(removed, added))
    removed = []
    added = []
  }
  for (const change of changes) {
    if (change.removed) removed = removed.concat(left.slice(leftAt, leftAt + change.count))
    else if (change.added) added = added.concat(right.slice(rightAt, rightAt + change.count))
    else {
      flush()
      for (let index = 0; index < change.count; index++) {
        const one = left[leftAt + index]
        const other = right[rightAt + index]
        if (one && other) rows.push({ layer: one.layer, pieces: diffWords(one.text, other.text) })
      }
    }
    if (!change.added) leftAt += change.count
    if (!change.removed) rightAt += change.count
  }
  flush()
  return rows
}

function replace(removed: readonly Segment[], added: readonly Segment[]): DiffRow[] {
  const row = (kind: DiffPiece['kind'], { layer, text }: Segment): DiffRow => ({
    layer,
    pieces: text === '' ? [] : [{ kind, text }],
  })
  return [...removed.map((segment) => row('removed', segment)), ...added.map((segment) => row('added', segment))]
}
