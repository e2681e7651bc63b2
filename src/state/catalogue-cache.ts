import type { QueryClient } from '@tanstack/react-query'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { Change } from '#ports/storage.ts'

export const catalogueKey = ['catalogue'] as const

/** Entries that changed wait this long for others, in milliseconds: an import must not have the list made anew for each. */
const togetherMs = 60

/** Patches the catalogue in the cache, where somebody looks at it, with what was written: it is not read again. */
export function createCatalogueFollower(queryClient: QueryClient): (changes: readonly Change[]) => void {
  const waiting = new Map<string, CatalogueEntry | undefined>()
  let isPlanned = false

  return (changes) => {
    for (const change of changes) {
      if (change.table !== 'catalogue') continue
      if (change.type === 'put') waiting.set(change.row.id, change.row)
      else waiting.set(change.key, undefined)
    }
    if (waiting.size > 0 && !isPlanned) plan()
  }

  function plan(): void {
    isPlanned = true
    setTimeout(patch, togetherMs)
  }

  function patch(): void {
    // What is being read may be older, and would overwrite the patch.
    if (queryClient.getQueryState(catalogueKey)?.fetchStatus === 'fetching') {
      plan()
      return
    }
    isPlanned = false
    const changed = new Map(waiting)
    waiting.clear()
    queryClient.setQueryData<readonly CatalogueEntry[]>(catalogueKey, (entries) => entries && patched(entries, changed))
  }
}

/** The entries with those that changed in their places, and new ones at the end. */
export function patched(
  entries: readonly CatalogueEntry[],
  changed: ReadonlyMap<string, CatalogueEntry | undefined>,
): readonly CatalogueEntry[] {
  const left = new Map(changed)
  const kept = entries.flatMap((entry) => {
    if (!left.has(entry.id)) return [entry]
    const now = left.get(entry.id)
    left.delete(entry.id)
    return now ? [now] : []
  })
  return [...kept, ...[...left.values()].filter((entry) => entry !== undefined)]
}
