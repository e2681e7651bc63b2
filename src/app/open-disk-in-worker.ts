import { openIndexedDbStorage } from '#adapters/indexeddb-storage.ts'
import { createRowSeal } from '#adapters/row-seal.ts'
import type { StoragePort } from '#ports/storage.ts'

/** What a page sends its worker first: what the disk is sealed with, where it is. */
export interface DiskKeyMessage {
  readonly diskKey: CryptoKey | undefined
}

/** Opens a worker's own hand on the disk with the key that the page sends; gives what else was sent meanwhile. */
export async function openDiskInWorker(
  scope: Pick<Worker, 'onmessage'>,
): Promise<{ readonly storage: StoragePort; readonly waiting: readonly MessageEvent[] }> {
  const waiting: MessageEvent[] = []
  const { diskKey } = await new Promise<DiskKeyMessage>((resolve) => {
    scope.onmessage = ({ data }: MessageEvent<DiskKeyMessage>) => {
      scope.onmessage = (event) => waiting.push(event)
      resolve(data)
    }
  })
  const storage = await openIndexedDbStorage(diskKey && { unlock: async () => createRowSeal(diskKey) })
  return { storage, waiting }
}
