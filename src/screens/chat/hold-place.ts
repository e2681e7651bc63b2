import { createContext, use } from 'react'

/**
 * Keeps an element where it is on the screen while the reader opens or closes something: at the end of a chat a page that
 * grows would otherwise pull the button away from under the pointer.
 */
export const HoldPlaceContext = createContext<(element: Element) => void>(() => {})

export function useHoldPlace(): (element: Element) => void {
  return use(HoldPlaceContext)
}
