/** Where a gate stands when nothing is known of its endpoint: enough to fill most, and not a flood. */
const firstLimit = 16
/** After an endpoint that can't be reached is tried again, in milliseconds: twice as long each time. */
const firstPauseMs = 500
const longestPauseMs = 60_000

/** How many requests an endpoint is given at once. */
export interface Gate {
  readonly limit: number
  readonly inFlight: number
  /** Until then (unix milliseconds) nothing is begun. */
  readonly closedUntil: number
  isOpen(now: number): boolean
  begin(): void
  /** A request ended well. */
  succeed(): void
  /** A request was refused because there are too many; `retryAfterMs` is what the endpoint asks for. */
  refuse(now: number, retryAfterMs?: number): void
  /** The endpoint is not there, or is not itself. */
  fail(now: number): void
  /** A request ended and says nothing of the endpoint. */
  leave(): void
}

/**
 * Finds out how many requests an endpoint takes at once. It begins with some and one more for each that ends well, until
 * one is refused: then what is still under way is what the endpoint takes. From there it asks for one more after a round
 * of good answers, and after twice as many each time that one was too many: an endpoint with a limit of its own is kept
 * full and is seldom asked for more.
 * @param most never more than this.
 */
export function createGate(most: number): Gate {
  let limit = Math.min(most, firstLimit)
  let inFlight = 0
  let closedUntil = 0
  let failures = 0
  let hasBeenRefused = false
  let goodAnswers = 0
  /** One more than was known to be taken is allowed. */
  let isTrying = false
  /** Rounds of good answers before one more is tried. */
  let patience = 2

  return {
    get limit() {
      return limit
    },
    get inFlight() {
      return inFlight
    },
    get closedUntil() {
      return closedUntil
    },
    isOpen: (now) => inFlight < limit && now >= closedUntil,
    begin: () => {
      inFlight += 1
    },
    succeed: () => {
      inFlight -= 1
      failures = 0
      goodAnswers += 1
      if (limit >= most || (hasBeenRefused && goodAnswers < patience * limit)) return
      limit += 1
      goodAnswers = 0
      isTrying = hasBeenRefused
    },
    refuse: (now, retryAfterMs) => {
      inFlight -= 1
      // Of many that are refused together only the first is news; each leaves less under way.
      if (isTrying) patience = Math.min(patience * 2, 64)
      isTrying = false
      hasBeenRefused = true
      goodAnswers = 0
      limit = Math.max(1, Math.min(limit, inFlight))
      if (retryAfterMs !== undefined) closedUntil = Math.max(closedUntil, now + retryAfterMs)
      // Nothing of ours is under way and still it refuses: it is busy with others, and asking at once is no use.
      else if (inFlight === 0) pause(now)
    },
    fail: (now) => {
      inFlight -= 1
      // What was begun before it was known fails with it, and is no news.
      if (now >= closedUntil) pause(now)
    },
    leave: () => {
      inFlight -= 1
    },
  }

  function pause(now: number): void {
    closedUntil = now + Math.min(longestPauseMs, firstPauseMs * 2 ** failures)
    failures += 1
  }
}
