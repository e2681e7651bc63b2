import { create } from 'zustand'

/** Whether the page shows the story alone. Not kept: a page that opens without its frame looks broken. */
export const useReadingMode = create<{ readonly isOn: boolean }>(() => ({ isOn: false }))

export function setReadingMode(isOn: boolean): void {
  useReadingMode.setState({ isOn })
}
