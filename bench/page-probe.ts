/** What the page notes about itself for the bench. Times are unix milliseconds. */
export interface Probe {
  /** Tasks over 50 ms, in milliseconds. */
  readonly longTasks: number[]
  /** For each key: from the press to the picture that shows it, in milliseconds. */
  readonly keys: number[]
  /** When Enter was last pressed. */
  enterAt: number
  /** When `text` was first on the screen inside `selector`, once `watch` was called for it. */
  readonly shown: Record<string, number>
  /** Looks each frame whether the last element of `selector` has `pattern` in its text and is in view. */
  watch(name: string, selector: string, pattern: string): void
  /** Resolves when the last element of `selector` has not moved for `quietMs`; gives when it stood where it stands. */
  settled(selector: string, quietMs: number): Promise<number>
}

declare global {
  interface Window {
    probe: Probe
  }
}

/** Goes into every page before its own scripts. It runs there by itself, so it may use nothing of this module. */
export function installProbe(): void {
  const zero = Date.now() - performance.now()
  const longTasks: number[] = []
  const keys: number[] = []
  const shown: Record<string, number> = {}
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })

  // A message that is sent from a frame's callback arrives when the frame has been painted.
  const afterPaint = (callback: () => void) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = callback
      channel.port2.postMessage(undefined)
    })
  }
  const find = (selector: string, pattern: string): Element | undefined => {
    const element = [...document.querySelectorAll(selector)].findLast((one) =>
      new RegExp(pattern).test(one.textContent ?? ''),
    )
    if (!element?.checkVisibility()) return undefined
    const { top, bottom } = element.getBoundingClientRect()
    return bottom > 0 && top < innerHeight ? element : undefined
  }

  const probe: Probe = {
    longTasks,
    keys,
    enterAt: 0,
    shown,
    watch: (name, selector, pattern) => {
      const look = () => {
        if (find(selector, pattern)) {
          afterPaint(() => {
            shown[name] ??= Date.now()
          })
        } else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    },
    settled: (selector, quietMs) =>
      new Promise((resolve) => {
        let place = ''
        let movedAt = performance.now()
        const look = () => {
          const rectangle = [...document.querySelectorAll(selector)].at(-1)?.getBoundingClientRect()
          const now = performance.now()
          const current = rectangle ? `${rectangle.top} ${rectangle.height}` : ''
          if (current !== place) {
            place = current
            movedAt = now
          }
          if (place !== '' && now - movedAt > quietMs) resolve(zero + movedAt)
          else requestAnimationFrame(look)
        }
        look()
      }),
  }
  window.probe = probe
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter') probe.enterAt = zero + event.timeStamp
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => keys.push(performance.now() - event.timeStamp)
        channel.port2.postMessage(undefined)
      })
    },
    { capture: true },
  )
}
