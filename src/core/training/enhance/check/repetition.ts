import { splitWords } from '#core/diff/words.ts'
import type { Layer, Segment } from '#core/her/segment.ts'
import { t } from '#lib/translate.ts'
import { type EnhancedText, type Finding, placeOf } from './finding.ts'

const turnsLookedAt = 3
const run = 4
/** From this share of its runs of four words a text repeats another. */
const mostAlike = 0.5

/** Thoughts and planning that say again what those of the last three turns said. */
export function checkRepetition({ segments, before, hasNewThoughts, hasNewPlan }: EnhancedText): Finding[] {
  return segments.flatMap(({ layer, text }, index): Finding[] => {
    if (!(layer === 'role_thinking' && hasNewThoughts) && !(layer === 'system_thinking' && hasNewPlan)) return []
    const own = runsOf(text)
    if (own.size < 3) return []
    const isRepeated = before.slice(-turnsLookedAt).some((turn) => {
      const earlier = runsOf(textIn(turn, layer))
      return [...own].filter((words) => earlier.has(words)).length / own.size > mostAlike
    })
    if (!isRepeated) return []
    const sentence =
      layer === 'role_thinking'
        ? t('This thought repeats one of the last turns.')
        : t('This planning repeats that of one of the last turns.')
    return [{ check: 'repetition', weight: 'remark', sentence, place: placeOf(segments, index, text) }]
  })
}

function textIn(segments: readonly Segment[], wanted: Layer): string {
  return segments
    .filter(({ layer }) => layer === wanted)
    .map(({ text }) => text)
    .join('\n')
}

function runsOf(text: string): Set<string> {
  const words = splitWords(text.toLowerCase()).filter((word) => /[\p{L}\p{N}]/u.test(word))
  return new Set(
    words.slice(0, Math.max(0, words.length - run + 1)).map((_, at) => words.slice(at, at + run).join(' ')),
  )
}
