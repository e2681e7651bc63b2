import type { Segment } from '#core/her/segment.ts'
import { foldTraced } from './fold.ts'
import { type SearchQuery, searchedLayers } from './search-query.ts'
import { findTerm, readTerms } from './terms.ts'

/** A stretch of a text, in UTF-16 offsets. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Where a query's words stand in each of the segments: in order, apart from each other, whole characters. */
export function highlight(segments: readonly Segment[], query: SearchQuery): (readonly Range[])[] {
  const terms = readTerms(query.text)
  const layers = new Set(searchedLayers(query))
  return segments.map(({ layer, text }) => {
    if (!layers.has(layer)) return []
    const traced = foldTraced(text)
    const ranges = terms.flatMap((term) => {
      const found: Range[] = []
      for (let at = findTerm(traced.text, term); at >= 0; at = findTerm(traced.text, term, at + term.text.length)) {
        found.push(traced.sourceOf(at, at + term.text.length))
      }
      return found
    })
    return mergeRanges(ranges)
  })
}

function mergeRanges(ranges: Range[]): Range[] {
  const merged: Range[] = []
  for (const range of ranges.sort((one, other) => one.start - other.start)) {
    const last = merged.at(-1)
    if (last && range.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
    } else merged.push(range)
  }
  return merged
}
