import { readBounded } from './bounded-text.ts'
import { isRedirect } from './is-redirect.ts'
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

/** In bytes. The longest lists of models there are take a tenth of it. */
const longestAnswer = 8 * 1024 * 1024

/**
 * A short answer, read whole. Of an opaque one (`no-cors`) nothing is known but that it came. One that leads elsewhere is
 * not followed, and has no text.
 */
export interface Answer {
  readonly ok: boolean
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly isRedirect: boolean
}

/**
 * Asks a small question, with GET unless it has a body. Gives undefined when no answer could be had: nothing listens, the browser may not
 * read it, it has no end, time was up, or the signal was aborted. Without a key nothing is sent that needs a CORS
 * preflight. Where it is only asked whether something listens (`no-cors`) browsers insist on following redirects, so
 * that is a HEAD, which changes nothing wherever it ends up.
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
      referrerPolicy: 'no-referrer',
      redirect: mode ? 'follow' : 'manual',
      signal: controller.signal,
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      ...(mode && { mode, method: 'HEAD' }),
    })
    const { ok, status, headers: answered } = response
    if (isRedirect(response)) return { ok: false, status, headers: answered, text: '', isRedirect: true }
    const text = await readBounded(response, longestAnswer)
    return text === undefined ? undefined : { ok, status, headers: answered, text, isRedirect: false }
  } catch {
    return undefined
  } finally {
    cancelTimer()
    signal.removeEventListener('abort', abort)
  }
}
