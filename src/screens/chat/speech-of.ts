import type { Reply } from '#core/her/segment.ts'

/** Only what is said aloud, a paragraph a stretch. */
export function speechOf(reply: Reply): string {
  return reply.segments
    .filter((segment) => segment.layer === 'speech')
    .map((segment) => segment.text)
    .join('\n\n')
}
