import { type Range, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { Turn } from '#core/conversation/turn.ts'

/** How near the end, in pixels, still counts as being there. */
const atEndWithin = 60

/** How much is drawn above and below the window, in pixels: of long turns one is enough, of short ones a few. */
const drawnAhead = 1500
const mostDrawnAhead = 6

/** How long a place is held after a click, in milliseconds: until what it opened was measured. */
const holdMs = 150

export interface TurnList {
  /** Says which turns are drawn and where. */
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>
  readonly isAtEnd: boolean
  /** Keeps an element where it is in the window while what a click in it opened or closed is measured. */
  readonly holdPlace: (element: Element) => void
}

/**
 * The turns near the window of `scroller`. The end is held while the reader is at the end, and the line they read is held
 * when older turns come in above.
 */
export function useTurnList(scroller: RefObject<HTMLDivElement | null>, turns: readonly Pick<Turn, 'id'>[]): TurnList {
  const anchorTo = useRef<'start' | 'end'>('end')
  const virtualizer: Virtualizer<HTMLDivElement, Element> = useVirtualizer({
    count: turns.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => turns[index]?.id ?? index,
    estimateSize: () => 220,
    overscan: mostDrawnAhead,
    rangeExtractor: (range) => indexesNear(range, virtualizer),
    anchorTo: anchorTo.current,
    followOnAppend: true,
    scrollEndThreshold: atEndWithin,
    initialOffset: () => Number.MAX_SAFE_INTEGER,
  })
  const holdPlace = useCallback(
    (element: Element) => {
      const anchor = (to: 'start' | 'end') => {
        anchorTo.current = to
        virtualizer.setOptions({ ...virtualizer.options, anchorTo: to })
      }
      const { top } = element.getBoundingClientRect()
      const until = performance.now() + holdMs
      const hold = () => {
        if (scroller.current) scroller.current.scrollTop += element.getBoundingClientRect().top - top
        if (performance.now() < until) requestAnimationFrame(hold)
        else anchor('end')
      }
      anchor('start')
      requestAnimationFrame(hold)
    },
    [scroller, virtualizer],
  )
  useEndHeldBelowOlder(scroller, virtualizer, turns[0]?.id)
  useEndHeldInWindow(scroller)
  return { virtualizer, isAtEnd: virtualizer.isAtEnd(atEndWithin), holdPlace }
}

/** The turns in the window and those drawn ahead, by their places in the path. */
function indexesNear(
  { startIndex, endIndex, overscan, count }: Range,
  { measurementsCache }: Virtualizer<HTMLDivElement, Element>,
): number[] {
  const top = measurementsCache[startIndex]?.start ?? 0
  const bottom = measurementsCache[endIndex]?.end ?? 0
  let first = startIndex
  while (first > Math.max(0, startIndex - overscan) && top - (measurementsCache[first]?.start ?? 0) < drawnAhead)
    first--
  let last = endIndex
  const lastOfAll = Math.min(count - 1, endIndex + overscan)
  while (last < lastOfAll && (measurementsCache[last]?.end ?? 0) - bottom < drawnAhead) last++
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

/**
 * Who is at the end is led there anew when older turns come in above. By itself the list moves with what came in, but
 * then it repeats a correction that the end had cut short, if the last turns have just grown, and repeats it where that
 * was before: in the midst of what came in.
 */
function useEndHeldBelowOlder(
  scroller: RefObject<HTMLElement | null>,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  first: Turn['id'] | undefined,
): void {
  const firstBefore = useRef(first)
  const log = scroller.current
  // Asked of the page itself, before what came in is drawn: the list already counts with it.
  const isHeld = firstBefore.current !== first && log !== null && leftBelow(log, log.clientHeight) <= atEndWithin
  useLayoutEffect(() => {
    if (firstBefore.current === first) return
    firstBefore.current = first
    if (isHeld) virtualizer.scrollToEnd()
  })
}

/** What lies below a window of so many pixels, in pixels. */
function leftBelow(log: HTMLElement, height: number): number {
  return log.scrollHeight - log.scrollTop - height
}

/** Who is at the end stays there when something comes above or below: the stage, what a draft would provoke. */
function useEndHeldInWindow(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const log = scroller.current
    if (!log) return
    let height = log.clientHeight
    const observer = new ResizeObserver(() => {
      const left = leftBelow(log, height)
      height = log.clientHeight
      if (left <= atEndWithin) log.scrollTop = log.scrollHeight
    })
    observer.observe(log)
    return () => observer.disconnect()
  }, [scroller])
}
