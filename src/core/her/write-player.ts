import type { Segment } from './segment.ts'

/** What is said and done, as a person would type it: `*acts* says`. Thoughts and planning are left out. */
export function writePlayer(segments: readonly Segment[]): string {
  return segments
    .flatMap(({ layer, text }) => {
      const words = text.trim()
      if (words === '') return []
      if (layer === 'role_action') return [`*${words.replaceAll('*', '')}*`]
      return layer === 'speech' ? [words] : []
    })
    .join(' ')
}
