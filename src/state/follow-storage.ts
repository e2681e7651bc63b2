import type { QueryClient } from '@tanstack/react-query'
import type { ConversationId } from '#core/ids.ts'
import type { Change, StoragePort } from '#ports/storage.ts'
import { createCatalogueFollower } from './catalogue-cache.ts'
import { type LoadedTurns, turnsKey, withTurn } from './turns-cache.ts'

/**
 * Carries what was written to disk, by this tab or another, into the query cache. Turns are patched row by row, so
 * that untouched rows keep their identity, as is the catalogue; of characters and files only the row is read again that
 * was written, and the small tables as a whole. Gives the way out.
 */
export function followStorage(storage: StoragePort, queryClient: QueryClient): () => void {
  const followCatalogue = createCatalogueFollower(queryClient)
  return storage.onChange((changes) => {
    const stale = new Set<string>()
    // An imported chat is thousands of rows of which nobody has asked for any.
    const isAsked = new Map<ConversationId, boolean>()
    for (const change of changes) {
      // Records are followed by whoever shows their job (`useJobRecords`): they come by the thousand.
      if (change.table === 'catalogue' || change.table === 'jobRecords') continue
      if (change.table === 'characters' || change.table === 'files') {
        const id = change.type === 'put' ? change.row.id : change.key
        void queryClient.invalidateQueries({ queryKey: [change.table, id] })
        continue
      }
      if (change.table !== 'turns') {
        stale.add(change.table)
        continue
      }
      const id = change.type === 'put' ? change.row.conversationId : change.key[0]
      if (!isAsked.has(id)) isAsked.set(id, queryClient.getQueryState(turnsKey(id)) !== undefined)
      if (isAsked.get(id)) patchTurn(queryClient, change)
    }
    followCatalogue(changes)
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
