import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import { namedLike } from '#core/cards/choose-cards.ts'
import type { CharacterId } from '#core/ids.ts'
import { useServices } from './services.tsx'

export interface CardFindings {
  readonly ids: ReadonlySet<CharacterId>
  /** False while cards are still being read. */
  readonly isComplete: boolean
}

/** Has the cards read before anything is typed: somebody is about to look for one. */
export function usePrepareCardSearch(): () => void {
  const { openCardDesk } = useServices()
  return useCallback(() => void openCardDesk().then((desk) => desk.search('')), [openCardDesk])
}

/**
 * Whose cards have what is typed, anywhere in their text; undefined while nothing is typed. Names are known at once, the
 * rest when the cards were read.
 */
export function useCardSearch(entries: readonly CatalogueEntry[], typed: string): CardFindings | undefined {
  const { openCardDesk } = useServices()
  const queryClient = useQueryClient()
  const isAsked = typed.trim() !== ''
  useEffect(() => {
    if (!isAsked) return
    let leave = () => {}
    let isLeft = false
    void openCardDesk().then((desk) => {
      if (!isLeft) leave = desk.onChange(() => void queryClient.invalidateQueries({ queryKey: ['card-search'] }))
    })
    return () => {
      isLeft = true
      leave()
    }
  }, [openCardDesk, queryClient, isAsked])
  const { data } = useQuery({
    queryKey: ['card-search', typed],
    queryFn: async () => ({ typed, ...(await (await openCardDesk()).search(typed)) }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    structuralSharing: false,
    staleTime: 0,
    gcTime: 0,
  })
  return useMemo(() => {
    if (!isAsked) return undefined
    const ids = new Set(data?.ids)
    const isAnswered = data?.typed === typed && data.isComplete
    if (!isAnswered) for (const id of namedLike(entries, typed)) ids.add(id)
    return { ids, isComplete: isAnswered }
  }, [entries, typed, isAsked, data])
}
