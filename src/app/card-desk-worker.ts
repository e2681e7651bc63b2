import { openIndexedDbStorage } from '#adapters/indexeddb-storage.ts'
import { serveCardDesk } from '#adapters/worker-card-desk.ts'
import { createCardDesk } from '#engine/card-desk.ts'

// The card desk's own thread. It has its own hand on the disk, and hears of changes as another tab does.
const waiting: MessageEvent[] = []
const scope = self as unknown as Pick<Worker, 'onmessage' | 'postMessage'>
scope.onmessage = (event) => waiting.push(event)

const storage = await openIndexedDbStorage()
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
serveCardDesk(createCardDesk(storage, pause), scope)
for (const event of waiting) scope.onmessage?.call(scope as Worker, event)
