import { trustedWorker } from '#lib/trusted-worker.ts'
import type { SearchPort } from '#ports/search.ts'
import type { StoragePort } from '#ports/storage.ts'
import type { DiskKeyMessage } from './open-disk-in-worker.ts'
import workerAddress from './search-worker.ts?worker&url'

/** The search over the library: in a worker, or, where there is no disk that a worker could read, in the page. */
export async function openSearch(storage: StoragePort, isLasting: boolean, diskKey?: CryptoKey): Promise<SearchPort> {
  if (isLasting) {
    const { createWorkerSearch } = await import('#adapters/worker-search.ts')
    const worker = new Worker(trustedWorker(workerAddress), { type: 'module' })
    // Before anything else: it opens the disk with it.
    worker.postMessage({ diskKey } satisfies DiskKeyMessage)
    return createWorkerSearch(worker)
  }
  const { createLibrarySearch } = await import('#engine/search-library.ts')
  return createLibrarySearch(storage, () => new Promise((resolve) => setTimeout(resolve, 0)))
}
