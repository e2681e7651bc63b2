import { fold } from '#core/search/fold.ts'

/** So much of what a judge quoted has to stand in a line, where it does not stand there to the letter. */
const leastShare = 0.6

/** So many words in a row have to be in common where nothing is quoted. */
const leastRun = 4

/**
 * The line a flaw is about: that in which stands what the judge quoted, or most of it; where nothing is quoted, the line
 * with which it has the longest run of words in common. Undefined where it is about none in particular.
 */
export function placeFlaw(instance: string, lines: readonly string[]): number | undefined {
  const words = lines.map(wordsOf)
  const quoted = quotesIn(instance).map(wordsOf)
  const bySize = quoted.filter((quote) => quote.length > 0).sort((one, other) => other.length - one.length)
  for (const quote of bySize) {
    const place = best(words.map((line) => runInCommon(quote, line)))
    const isWhole = place !== undefined && runInCommon(quote, words[place] ?? []) === quote.length
    if (isWhole) return place
    const shares = words.map((line) => shareOf(quote, line))
    const nearest = best(shares)
    if (quote.length >= leastRun && nearest !== undefined && (shares[nearest] ?? 0) >= leastShare) return nearest
  }
  const told = wordsOf(instance)
  const runs = words.map((line) => runInCommon(told, line))
  const place = best(runs)
  return place !== undefined && (runs[place] ?? 0) >= leastRun ? place : undefined
}

/** What stands between quotes. An apostrophe within a word is none. */
function quotesIn(text: string): string[] {
  const pattern = /"([^"]+)"|“([^”]+)”|«([^»]+)»|「([^」]+)」|(?<![\p{L}\p{N}])['‘](.+?)['’](?![\p{L}\p{N}])/gu
  return [...text.matchAll(pattern)].map((match) => match.slice(1).find((group) => group !== undefined) ?? '')
}

/** Words; in scripts without blanks, letters. */
function wordsOf(text: string): string[] {
  return (
    fold(text).match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}']+/gu) ?? []
  )
}

function shareOf(quote: readonly string[], line: readonly string[]): number {
  const left = new Map<string, number>()
  for (const word of line) left.set(word, (left.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of quote) {
    const count = left.get(word) ?? 0
    if (count === 0) continue
    left.set(word, count - 1)
    shared++
  }
  return quote.length > 0 ? shared / quote.length : 0
}

/** The most words in a row that both have. */
function runInCommon(one: readonly string[], other: readonly string[]): number {
  let longest = 0
  let above: number[] = []
  for (const word of one) {
    const row: number[] = []
    for (const [index, candidate] of other.entries()) {
      const run = word === candidate ? (above[index - 1] ?? 0) + 1 : 0
      row.push(run)
      longest = Math.max(longest, run)
    }
    above = row
  }
  return longest
}

/** The place of the greatest, the first of several; undefined where all are nought. */
function best(values: readonly number[]): number | undefined {
  const greatest = Math.max(0, ...values)
  return greatest > 0 ? values.indexOf(greatest) : undefined
}
