import type { Reply, Segment } from '#core/her/segment.ts'

/** What of a reply another take is to begin with. */
export type Keeping = 'plan' | 'plan-and-thoughts'

/**
 * The parts of a reply that stay, in their order: another take begins with them and has the rest made anew. Empty where
 * there is nothing of the kind, or nothing that was finished.
 */
export function keptParts({ segments }: Pick<Reply, 'segments'>, keeping: Keeping): readonly Segment[] {
  const stays = (segment: Segment) =>
    segment.layer === 'system_thinking' || (keeping === 'plan-and-thoughts' && segment.layer === 'role_thinking')
  return segments.filter((segment) => segment.closed && segment.text !== '' && stays(segment))
}
