import type { Range } from './highlight.ts'

/** Part of a text, with the ranges that lie in it, counted from its beginning. */
export interface Excerpt {
  readonly text: string
  readonly ranges: readonly Range[]
}

/** What is shown before the first find, so that one sees where it stands. */
const before = 60

/** About `length` characters of a text from shortly before its first range on, cut at blanks where there are some. */
export function excerptOf(source: string, ranges: readonly Range[], length = 280): Excerpt {
  const first = ranges[0]?.start ?? 0
  const from = first <= before ? 0 : nextBlank(source, first - before, first)
  const to = source.length - from <= length ? source.length : nextBlank(source, from + length, from + length + before)
  const head = from === 0 ? '' : '…'
  const shift = from - head.length
  return {
    text: `${head}${source.slice(from, to)}${to === source.length ? '' : '…'}`,
    ranges: ranges.flatMap(({ start, end }) =>
      start < from || start >= to ? [] : [{ start: start - shift, end: Math.min(end, to) - shift }],
    ),
  }
}

/** The place after the next blank, or `from` where there is none before `last`. */
function nextBlank(source: string, from: number, last: number): number {
  const at = source.slice(from, last).search(/\s/)
  return at < 0 ? from : from + at + 1
}
