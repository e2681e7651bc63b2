/** Longer than any server means: a date far off must not turn into a timer that never ends. */
const longestWaitMs = 24 * 60 * 60 * 1000

/**
 * How long a server asks to wait, in milliseconds: `Retry-After` in seconds or as an HTTP date (RFC 9110, 10.2.3), or
 * OpenAI's `retry-after-ms`. A browser shows these headers only where the server exposes them. `now` is in unix
 * milliseconds.
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const exact = headers.get('retry-after-ms')
  if (exact !== null && Number(exact) > 0) return Math.min(Number(exact), longestWaitMs)
  const value = headers.get('retry-after')?.trim()
  if (!value) return undefined
  const wait = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), longestWaitMs)
}
