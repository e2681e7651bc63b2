import type { QueryClient } from '@tanstack/react-query'
import type { Change, StoragePort } from '#ports/storage.ts'
import { type LoadedTurns, turnsKey, withTurn } from './turns-cache.ts'

/**
 * Carries what was written to disk, by this tab or another, into the query cache. Turns are patched row by row, so
 * that untouched rows keep their identity; the small tables are read again. Gives the way out.
 */
export function followStorage(storage: StoragePort, queryClient: QueryClient): () => void {
  return storage.onChange((changes) => {
    const stale = new Set<string>()
    for (const change of changes) {
      if (change.table === 'turns') patchTurn(queryClient, change)
      else stale.add(change.table)
    }
    for (const table of stale) void queryClient.invalidateQueries({ queryKey: [table] })
  })
}

function patchTurn(queryClient: QueryClient, change: Extract<Change, { table: 'turns' }>): void {
  if (change.type === 'delete') {
    void queryClient.invalidateQueries({ queryKey: turnsKey(change.key[0]) })
    return
  }
  const queryKey = turnsKey(change.row.conversationId)
  // A read that is under way would overwrite the patch with what it saw before.
  if (queryClient.getQueryState(queryKey)?.fetchStatus === 'fetching') {
    void queryClient.invalidateQueries({ queryKey })
    return
  }
  queryClient.setQueryData<LoadedTurns>(queryKey, (loaded) => loaded && withTurn(loaded, change.row))
}
