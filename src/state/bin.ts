import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { type Bin, createBin } from '#engine/bin.ts'
import { useServices } from './services.tsx'

/** Something that was deleted and can be brought back. */
export type BinItem = Awaited<ReturnType<Bin['list']>>[number]

/** What waits in the bin (undefined until it is read), and what can be done with it. */
export function useBin(): { readonly items: readonly BinItem[] | undefined; readonly bin: Bin } {
  const { storage } = useServices()
  const bin = useMemo(() => createBin(storage), [storage])
  const { data: items, refetch } = useQuery({
    queryKey: ['bin'],
    queryFn: () => bin.list(),
    // Read when the bin is looked into, and not kept up to date while it is not.
    staleTime: 0,
    gcTime: 0,
  })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const leave = storage.onChange((changes) => {
      const isMeant = changes.some((change) => change.table !== 'settings' && change.table !== 'files')
      if (!isMeant) return
      clearTimeout(timer)
      timer = setTimeout(() => void refetch(), 50)
    })
    return () => {
      clearTimeout(timer)
      leave()
    }
  }, [storage, refetch])
  return { items, bin }
}
