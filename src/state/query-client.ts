import { notifyManager, QueryClient } from '@tanstack/react-query'

// What a write has put into the cache is shown before whoever wrote it goes on: a reply that ended has its row first.
notifyManager.setScheduler(queueMicrotask)

/** A cache over the disk, which is no network: it is never stale by itself, never offline, and not asked twice. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
