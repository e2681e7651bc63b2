import type { Layer, Segment } from '#core/her/segment.ts'
import type { TurnId } from '#core/ids.ts'
import type { Seals } from './conversation.ts'

/** The layers that are sealed where a chat is played sealed: planning tells what will be thought. */
const sealedLayers: ReadonlySet<Layer> = new Set(['role_thinking', 'system_thinking'])

/** Whether a segment must not be shown, whatever the reader's other choices say. */
export function isSealed(seals: Seals | undefined, turnId: TurnId, segment: Segment, index: number): boolean {
  return seals !== undefined && sealedLayers.has(segment.layer) && !seals.broken[turnId]?.includes(index)
}

/** The segments with those that are sealed emptied, so that each keeps its place. */
export function withoutSealed(
  seals: Seals | undefined,
  turnId: TurnId,
  segments: readonly Segment[],
): readonly Segment[] {
  if (seals === undefined) return segments
  return segments.map((segment, index) =>
    isSealed(seals, turnId, segment, index) ? { ...segment, text: '' } : segment,
  )
}

/** How many seals the reader broke. */
export function countBroken({ broken }: Seals): number {
  return Object.values(broken).reduce((count, places) => count + places.length, 0)
}

/** The seals after one more was broken. */
export function breakSeal({ broken }: Seals, turnId: TurnId, index: number): Seals {
  const places = broken[turnId] ?? []
  return places.includes(index) ? { broken } : { broken: { ...broken, [turnId]: [...places, index] } }
}
