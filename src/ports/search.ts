import type { SearchHit } from '#core/search/search-index.ts'
import type { SearchQuery } from '#core/search/search-query.ts'

/** What was found, and in how much of the library. */
export interface SearchAnswer {
  /** The newest first; no more than were asked for. */
  readonly hits: readonly SearchHit[]
  /** How many there are in all. */
  readonly total: number
  /** The turns that were looked through. */
  readonly turns: number
  /** False while the library is still being read: there may be more. */
  readonly isComplete: boolean
}

/** Searches the whole library. It begins to read it when it is made, and follows what changes. */
export interface SearchPort {
  search(query: SearchQuery, limit: number): Promise<SearchAnswer>
  /** Calls back when an answer may have become another. Gives the way out. */
  onChange(listener: () => void): () => void
}
