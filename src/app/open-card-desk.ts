import { trustedWorker } from '#lib/trusted-worker.ts'
import type { CardDesk } from '#ports/card-desk.ts'
import type { StoragePort } from '#ports/storage.ts'
import workerAddress from './card-desk-worker.ts?worker&url'
import type { DiskKeyMessage } from './open-disk-in-worker.ts'

/** The card desk: in a worker, or, where there is no disk that a worker could read, in the page. */
export async function openCardDesk(storage: StoragePort, isLasting: boolean, diskKey?: CryptoKey): Promise<CardDesk> {
  if (isLasting) {
    const { createWorkerCardDesk } = await import('#adapters/worker-card-desk.ts')
    const worker = new Worker(trustedWorker(workerAddress), { type: 'module' })
    // Before anything else: it opens the disk with it.
    worker.postMessage({ diskKey } satisfies DiskKeyMessage)
    return createWorkerCardDesk(worker)
  }
  const { createCardDesk } = await import('#engine/card-desk.ts')
  return createCardDesk(storage, () => new Promise((resolve) => setTimeout(resolve, 0)))
}
