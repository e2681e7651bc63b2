import { createContext, use } from 'react'

/**
 * Keeps the line that is read where it is while the reader opens or closes something: at the end of a chat a page that
 * grows would otherwise pull the button away from under the pointer.
 */
export const HoldPlaceContext = createContext<() => void>(() => {})

export function useHoldPlace(): () => void {
  return use(HoldPlaceContext)
}
