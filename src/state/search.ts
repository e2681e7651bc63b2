import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Layer } from '#core/her/segment.ts'
import type { CharacterId } from '#core/ids.ts'
import type { SearchHit } from '#core/search/search-index.ts'
import type { SearchQuery } from '#core/search/search-query.ts'
import type { SearchAnswer } from '#ports/search.ts'
import { useServices } from './services.tsx'

/** What is asked of the whole library. */
export interface Question {
  readonly text: string
  readonly layers: readonly Layer[]
  readonly characterId: CharacterId | undefined
  readonly unsaid: boolean
}

/** A hit with the rows it is shown from. */
export interface FoundTurn extends SearchHit {
  readonly turn: Turn
  readonly conversation: Conversation
}

export interface Findings extends Omit<SearchAnswer, 'hits'> {
  readonly query: SearchQuery
  readonly found: readonly FoundTurn[]
  /** How long the index took to answer, in milliseconds. */
  readonly tookMs: number
}

/** No reader looks through more; a narrower question is asked instead. */
const mostHits = 50

/** What the library has for a question; undefined until the first answer. While the next is awaited the last one stays. */
export function useSearch({ text, layers, characterId, unsaid }: Question): Findings | undefined {
  const { storage, openSearch } = useServices()
  const queryClient = useQueryClient()
  useEffect(() => {
    let leave = () => {}
    let isLeft = false
    void openSearch().then((search) => {
      if (!isLeft) leave = search.onChange(() => void queryClient.invalidateQueries({ queryKey: ['search'] }))
    })
    return () => {
      isLeft = true
      leave()
    }
  }, [openSearch, queryClient])
  return useQuery({
    queryKey: ['search', text, layers, characterId, unsaid],
    queryFn: async (): Promise<Findings> => {
      const search = await openSearch()
      const query: SearchQuery = {
        text,
        layers: new Set(layers),
        ...(characterId && { speaker: { kind: 'character', characterId } }),
        unsaid,
      }
      const startedAt = performance.now()
      const { hits, ...answer } = await search.search(query, mostHits)
      const tookMs = performance.now() - startedAt
      const found = await Promise.all(
        hits.map(async (hit): Promise<FoundTurn[]> => {
          const [turn, conversation] = await Promise.all([
            storage.get('turns', [hit.conversationId, hit.turnId]),
            storage.get('conversations', hit.conversationId),
          ])
          return turn && conversation ? [{ ...hit, turn, conversation }] : []
        }),
      )
      return { ...answer, query, found: found.flat(), tookMs }
    },
    placeholderData: keepPreviousData,
    structuralSharing: false,
    staleTime: 0,
    gcTime: 0,
  }).data
}
