import { serveCardDesk } from '#adapters/worker-card-desk.ts'
import { createCardDesk } from '#engine/card-desk.ts'
import { openDiskInWorker } from './open-disk-in-worker.ts'

// The card desk's own thread. It has its own hand on the disk, and hears of changes as another tab does.
const scope = self as unknown as Pick<Worker, 'onmessage' | 'postMessage'>
const { storage, waiting } = await openDiskInWorker(scope)
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0))
serveCardDesk(createCardDesk(storage, pause), scope)
for (const event of waiting) scope.onmessage?.call(scope as Worker, event)
