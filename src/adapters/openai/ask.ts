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
  /** Sent with POST, as JSON. */
  readonly body?: unknown
}

/** A short answer, read whole. Of an opaque one (`no-cors`) nothing is known but that it came. */
export interface Answer {
  readonly ok: boolean
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/**
 * Asks a small question, with GET unless it has a body. Gives undefined when no answer could be had: nothing listens, the browser may not
 * read it, time was up, or the signal was aborted. Without a key nothing is sent that needs a CORS preflight.
 */
export async function ask(url: string, asking: Asking): Promise<Answer | undefined> {
  const { fetch, setTimer, signal, limitMs, key, mode, body } = asking
  const headers = {
    ...(key && { authorization: `Bearer ${key}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  if (signal.aborted) return undefined
  const controller = new AbortController()
  const abort = () => controller.abort()
  signal.addEventListener('abort', abort, { once: true })
  const cancelTimer = setTimer(limitMs, abort)
  try {
    const response = await fetch(url, {
      credentials: 'omit',
      signal: controller.signal,
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
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
