/** Calls back every `ms` until the returned function is called. */
export function every(ms: number, callback: () => void): () => void {
  const timer = setInterval(callback, ms)
  return () => clearInterval(timer)
}

/** Less than two frames of most screens, in milliseconds. */
const frameGapMs = 25
let lastFrameAt = 0

/**
 * Before the next frame, and at most before every second one: words that come 30 times a second flow, at half the work
 * of 60. A hidden page draws no frames; its replies still go on.
 */
export function nextFrame(callback: () => void): void {
  if (document.hidden) {
    setTimeout(callback, 50)
    return
  }
  const run = (at: number) => {
    lastFrameAt = at
    callback()
  }
  requestAnimationFrame((at) => (at - lastFrameAt < frameGapMs ? requestAnimationFrame(run) : run(at)))
}
