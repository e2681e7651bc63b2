/** Calls back once after so many milliseconds; what it gives cancels it. */
export type SetTimer = (milliseconds: number, callback: () => void) => () => void

export const setTimer: SetTimer = (milliseconds, callback) => {
  const timer = setTimeout(callback, milliseconds)
  return () => clearTimeout(timer)
}
