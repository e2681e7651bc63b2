import type { Fetch } from './send-request.ts'
import type { SetTimer } from './set-timer.ts'

export interface Asking {
  readonly fetch: Fetch
  readonly setTimer: SetTimer
  readonly signal: AbortSignal
  /** In milliseconds, for the whole answer. */
  readonly limitMs: number
  readonly key?: string | undefined
  readonly mode?: 'no-cors'
}

/** A short answer, read whole. Of an opaque one (`no-cors`) nothing is known but that it came. */
export interface Answer {
  readonly ok: boolean
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/**
 * Asks a small question with GET. Gives undefined when no answer could be had: nothing listens, the browser may not
 * read it, time was up, or the signal was aborted. Without a key nothing is sent that needs a CORS preflight.
 */
export async function ask(url: string, asking: Asking): Promise<Answer | undefined> {
  const { fetch, setTimer, signal, limitMs, key, mode } = asking
  if (signal.aborted) return undefined
  const controller = new AbortController()
  const abort = () => controller.abort()
  signal.addEventListener('abort', abort, { once: true })
  const cancelTimer = setTimer(limitMs, abort)
  try {
    const response = await fetch(url, {
      credentials: 'omit',
      signal: controller.signal,
      ...(key ? { headers: { authorization: `Bearer ${key}` } } : {}),
      ...(mode && { mode }),
    })
    return { ok: response.ok, status: response.status, headers: response.headers, text: await response.text() }
  } catch {
    return undefined
  } finally {
    cancelTimer()
    signal.removeEventListener('abort', abort)
  }
}
