import { splitWords } from '#core/diff/words.ts'
import type { Segment } from '#core/her/segment.ts'
import { t } from '#lib/translate.ts'
import type { EnhancedText, Finding } from './finding.ts'

/** How much of what was said and done may go, and come, before a turn is another turn. */
const leastKept = 0.95
const mostNewSpeech = 0.05

/**
 * What was said is kept word for word and in its order; narration inside of speech may have become an action. New words
 * aloud are wrong, and so is speech that went into a thought.
 */
export function checkSpeechKept({ original, segments, hasNewThoughts }: EnhancedText): Finding[] {
  if (!hasNewThoughts) return []
  const saidBefore = wordsOf(original, ['speech'])
  const doneBefore = wordsOf(original, ['speech', 'role_action'])
  const saidNow = wordsOf(segments, ['speech'])
  const heardNow = wordsOf(segments, ['speech', 'role_action'])
  const findings: Finding[] = []
  const kept = saidBefore.length === 0 ? 1 : commonLength(saidBefore, heardNow) / saidBefore.length
  if (kept < leastKept) {
    findings.push({
      check: 'speech',
      weight: 'wrong',
      sentence: t('Words that were said are gone or changed ({percent, number} % of them are kept).', {
        percent: Math.floor(kept * 100),
      }),
    })
  }
  const added = saidNow.length === 0 ? 0 : 1 - commonLength(saidNow, doneBefore) / saidNow.length
  if (added > mostNewSpeech) {
    findings.push({ check: 'speech', weight: 'wrong', sentence: t('Something is said that was not said before.') })
  }
  return findings
}

function wordsOf(segments: readonly Segment[], layers: readonly Segment['layer'][]): string[] {
  const text = segments
    .filter(({ layer }) => layers.includes(layer))
    .map((segment) => segment.text)
    .join(' ')
  return splitWords(text.toLowerCase()).filter((word) => /[\p{L}\p{N}]/u.test(word))
}

/** How many words of `one` stand in `other` in the same order: the longest common subsequence. */
function commonLength(one: readonly string[], other: readonly string[]): number {
  let row = new Uint32Array(other.length + 1)
  for (const word of one.slice(0, 4000)) {
    const next = new Uint32Array(other.length + 1)
    for (let index = 0; index < other.length; index += 1) {
      next[index + 1] =
        word === other[index] ? (row[index] as number) + 1 : Math.max(row[index + 1] as number, next[index] as number)
    }
    row = next
  }
  return row[other.length] as number
}
