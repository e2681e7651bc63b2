import type { Segment } from '#core/her/segment.ts'

/**
 * A turn as HER's data has it (stage 5): the plan first, no blank after it, then the turn. What the teacher did not write
 * stays as it was.
 */
export function assemble(
  original: readonly Segment[],
  thinking: readonly Segment[] | undefined,
  plan: string | undefined,
): Segment[] {
  const planned = plan ?? planOf(original)
  const played = thinking ?? original.filter(({ layer, text }) => layer !== 'system_thinking' && text.trim() !== '')
  return [
    ...(planned === '' ? [] : [{ layer: 'system_thinking' as const, text: planned, closed: true }]),
    ...played.map((segment) => ({ ...segment, closed: true })),
  ]
}

/** What was planned for a turn. */
export function planOf(segments: readonly Segment[]): string {
  return segments
    .filter(({ layer, text }) => layer === 'system_thinking' && text.trim() !== '')
    .map(({ text }) => text.trim())
    .join('\n')
}
