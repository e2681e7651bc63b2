import { serveSearch } from '#adapters/worker-search.ts'
import { createLibrarySearch } from '#engine/search-library.ts'
import { openDiskInWorker } from './open-disk-in-worker.ts'

// The search's own thread. It has its own hand on the disk, and hears of changes as another tab does.
const scope = self as unknown as Pick<Worker, 'onmessage' | 'postMessage'>
const { storage, waiting } = await openDiskInWorker(scope)
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
serveSearch(createLibrarySearch(storage, pause), scope)
for (const event of waiting) scope.onmessage?.call(scope as Worker, event)
