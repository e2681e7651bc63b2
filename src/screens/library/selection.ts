import type { CharacterId } from '#core/ids.ts'

/** What is selected, and where a selection by stretches begins. */
export interface Selection {
  readonly ids: ReadonlySet<CharacterId>
  readonly anchor: CharacterId | undefined
  /** What was selected before the stretch from the anchor. */
  readonly base: ReadonlySet<CharacterId>
}

export const nothingSelected: Selection = { ids: new Set(), anchor: undefined, base: new Set() }

/** One more or one less. A stretch begins there. */
export function toggle({ ids }: Selection, id: CharacterId): Selection {
  const changed = new Set(ids)
  if (!changed.delete(id)) changed.add(id)
  return { ids: changed, anchor: id, base: changed }
}

/** The stretch from the anchor to `to` instead of the one before it; without an anchor, `from` is one. */
export function stretch(
  { anchor, base }: Selection,
  order: readonly CharacterId[],
  from: CharacterId,
  to: CharacterId,
): Selection {
  const start = anchor !== undefined && order.includes(anchor) ? anchor : from
  const [first, last] = [order.indexOf(start), order.indexOf(to)].sort((one, other) => one - other)
  if (first === undefined || last === undefined || first < 0) return { ids: new Set([...base, to]), anchor: to, base }
  return { ids: new Set([...base, ...order.slice(first, last + 1)]), anchor: start, base }
}

export function selectAll(order: readonly CharacterId[]): Selection {
  const ids = new Set(order)
  return { ids, anchor: undefined, base: ids }
}
