import { fold, foldTraced } from './fold.ts'
import type { Range } from './highlight.ts'

/** A text that is looked for as it stands, wherever it stands: within words, over blanks and marks. */
export interface Needle {
  /** Folded; never empty. */
  readonly text: string
}

/** Nobody looks for more; text that was pasted by mistake should not stall the page. */
const longestNeedle = 200

/** What a reader typed as something to be found; absent while that is nothing. */
export function createNeedle(typed: string): Needle | undefined {
  const text = fold(typed.slice(0, longestNeedle)).trim()
  return text === '' ? undefined : { text }
}

/** How often it stands in a folded text. */
export function countFinds(folded: string, { text }: Needle): number {
  let count = 0
  for (let at = folded.indexOf(text); at >= 0; at = folded.indexOf(text, at + text.length)) count += 1
  return count
}

/** Where it stands in a text: as many ranges as `countFinds` counts in the folded one, in order, in whole characters. */
export function findRanges(source: string, { text }: Needle): Range[] {
  // The quick look: most texts have nothing to be traced.
  if (!fold(source).includes(text)) return []
  const traced = foldTraced(source)
  const ranges: Range[] = []
  for (let at = traced.text.indexOf(text); at >= 0; at = traced.text.indexOf(text, at + text.length)) {
    ranges.push(traced.sourceOf(at, at + text.length))
  }
  return ranges
}
