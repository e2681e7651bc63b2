import { create } from 'zustand'
import type { TurnId } from '#core/ids.ts'
import type { FindRanges } from '#ui/marked-text.tsx'

/** Where something was found: the segment, and which of the finds in it. */
export interface Find {
  readonly turnId: TurnId
  readonly segment: number
  readonly occurrence: number
}

interface FindState {
  readonly isOpen: boolean
  /** Where in a text it stands; absent while nothing is looked for. */
  readonly rangesOf?: FindRanges | undefined
  readonly current?: Find | undefined
}

/** What is looked for in the chat that is shown. The bar writes it, the transcript shows it. */
export const useFind = create<FindState>(() => ({ isOpen: false }))

export function openFind(): void {
  useFind.setState({ isOpen: true })
  // Also where the bar is open already.
  document.querySelector<HTMLInputElement>('[data-find] input')?.select()
}

export function closeFind(): void {
  useFind.setState({ isOpen: false, rangesOf: undefined, current: undefined })
}
