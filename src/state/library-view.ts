import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { CardOrder } from '#core/cards/choose-cards.ts'

interface LibraryLook {
  readonly view: 'grid' | 'list'
  readonly order: CardOrder
}

/** How the library looks for this reader. Kept in localStorage. */
export const useLibraryLook = create<LibraryLook>()(
  persist((): LibraryLook => ({ view: 'grid', order: 'used' }), { name: 'subtext-library', version: 1 }),
)

/** Which of the characters the reader wants to see, for this visit. */
export interface LibraryFilter {
  readonly typed: string
  readonly favourites: boolean
  /** Undefined for every folder; empty for those in none. */
  readonly folder: string | undefined
  /** As `tagKey` gives them. */
  readonly tags: readonly string[]
}

const everything: LibraryFilter = { typed: '', favourites: false, folder: undefined, tags: [] }

export const useLibraryFilter = create<LibraryFilter>(() => everything)

export function clearLibraryFilter(): void {
  useLibraryFilter.setState(everything)
}
