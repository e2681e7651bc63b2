import type { CardDesk } from '#ports/card-desk.ts'
import type { StoragePort } from '#ports/storage.ts'
import { createCardExport } from './export-cards.ts'
import { createCardSearch } from './search-cards.ts'

/** @param pause lets others have the thread between two batches of cards. */
export function createCardDesk(storage: StoragePort, pause: () => Promise<void>): CardDesk {
  return { ...createCardSearch(storage, pause), export: createCardExport(storage) }
}
