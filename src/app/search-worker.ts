import { openIndexedDbStorage } from '#adapters/indexeddb-storage.ts'
import { serveSearch } from '#adapters/worker-search.ts'
import { createLibrarySearch } from '#engine/search-library.ts'

// The search's own thread. It has its own hand on the disk, and hears of changes as another tab does.
const waiting: MessageEvent[] = []
const scope = self as unknown as Pick<Worker, 'onmessage' | 'postMessage'>
scope.onmessage = (event) => waiting.push(event)

const storage = await openIndexedDbStorage()
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
serveSearch(createLibrarySearch(storage, pause), scope)
for (const event of waiting) scope.onmessage?.call(scope as Worker, event)
