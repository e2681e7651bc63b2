import { t } from '#lib/translate.ts'
import type { PatternDiversity } from '../pattern.ts'

/** HER asks for five patterns a chapter and no pattern three times in a row. */
const leastPatterns = 5
const mostInRow = 2
/** Ours: from here on one template has taken over (HER's own collapse had 96 % and 0.28 bits). */
const alarmingShare = 0.9
const alarmingBits = 0.5

/** What is to be said of how alike a character's turns are, as sentences. @param patterns in the order of the story. */
export function checkDiversity(
  patterns: readonly string[],
  { turns, patterns: counted, entropyBits, topShare }: PatternDiversity,
): string[] {
  const sentences: string[] = []
  const [top] = counted
  if (turns >= 8 && top && (topShare > alarmingShare || entropyBits < alarmingBits)) {
    sentences.push(
      t('Nearly all turns have one pattern ({pattern}: {percent, number} %; {bits, number} bits).', {
        pattern: top.pattern,
        percent: Math.round(topShare * 100),
        bits: Math.round(entropyBits * 100) / 100,
      }),
    )
  } else if (turns >= leastPatterns * 2 && counted.length < leastPatterns) {
    sentences.push(
      t('The turns have {count, plural, one {# pattern} other {# patterns}}; at least {least, number} are asked for.', {
        count: counted.length,
        least: leastPatterns,
      }),
    )
  }
  const row = longestRow(patterns)
  if (row > mostInRow) {
    sentences.push(t('One pattern stands {row, number} times in a row; twice is the most that is asked for.', { row }))
  }
  return sentences
}

function longestRow(patterns: readonly string[]): number {
  let longest = 0
  let current = 0
  for (const [index, pattern] of patterns.entries()) {
    current = pattern === patterns[index - 1] ? current + 1 : 1
    longest = Math.max(longest, current)
  }
  return longest
}
