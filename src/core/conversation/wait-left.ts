/**
 * Milliseconds that are left of a wait a server asked for. Never more than it asked for, whatever the clock was set to
 * since.
 * @param failedAt when it asked, in unix milliseconds.
 */
export function waitLeft(retryAfterMs: number | undefined, failedAt: number, now: number): number {
  if (retryAfterMs === undefined) return 0
  return Math.min(retryAfterMs, Math.max(0, failedAt + retryAfterMs - now))
}
