/** What a timer can be set to at most, in milliseconds (24.8 days). */
const longest = 2 ** 31 - 1

/** Resolves after that many milliseconds; rejects with the signal's reason when that is aborted. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', stop)
        resolve()
      },
      Math.min(Math.max(0, ms), longest),
    )
    signal.addEventListener('abort', stop, { once: true })
  })
}
