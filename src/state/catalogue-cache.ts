import type { QueryClient } from '@tanstack/react-query'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { Change } from '#ports/storage.ts'

export const catalogueKey = ['catalogue'] as const

/** Entries that changed wait this long for others, in milliseconds: an import must not have the list made anew for each. */
const togetherMs = 60

/** While more keep coming they wait longer, up to this: a list of thousands takes its time to be made anew. */
const longestMs = 480

/** Patches the catalogue in the cache, where somebody looks at it, with what was written: it is not read again. */
export function createCatalogueFollower(queryClient: QueryClient): (changes: readonly Change[]) => void {
  const waiting = new Map<string, CatalogueEntry | undefined>()
  let isPlanned = false
  let waitMs = togetherMs
  let patchedAt = Number.NEGATIVE_INFINITY

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
    waitMs = performance.now() - patchedAt > longestMs ? togetherMs : Math.min(longestMs, waitMs * 2)
    setTimeout(patch, waitMs)
  }

  function patch(): void {
    // What is being read may be older, and would overwrite the patch.
    if (queryClient.getQueryState(catalogueKey)?.fetchStatus === 'fetching') {
      plan()
      return
    }
    isPlanned = false
    patchedAt = performance.now()
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
