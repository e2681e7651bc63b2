import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TurnId } from '#core/ids.ts'
import { useTurnList } from './use-turn-list.ts'

const turn = (number: number) => ({ id: String(number).padStart(4, '0') as TurnId, height: 120 + (number % 5) * 90 })
const turnsFrom = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => turn(first + at))

function List({ turns }: { readonly turns: readonly ReturnType<typeof turn>[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const { virtualizer } = useTurnList(scroller, turns)
  const items = virtualizer.getVirtualItems()
  return (
    <div ref={scroller} role="log" style={{ height: 600, overflowY: 'auto', overflowAnchor: 'none' }}>
      <div style={{ position: 'relative', height: virtualizer.getTotalSize() }}>
        <div
          style={{ position: 'absolute', insetInline: 0, top: 0, transform: `translateY(${items[0]?.start ?? 0}px)` }}
        >
          {items.map(({ index, key }) => (
            <div key={String(key)} data-index={index} ref={virtualizer.measureElement}>
              <article style={{ height: turns[index]?.height }}>{turns[index]?.id}</article>
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

let root: Root
let host: HTMLElement
const show = (first: number) => flushSync(() => root.render(<List turns={turnsFrom(first, 1000)} />))
const log = () => host.querySelector<HTMLElement>('[role=log]') as HTMLElement
const left = () => log().scrollHeight - log().scrollTop - log().clientHeight
const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
const settled = () => new Promise((resolve) => setTimeout(resolve, 400))

beforeEach(() => {
  host = document.body.appendChild(document.createElement('div'))
  root = createRoot(host)
})
afterEach(() => {
  root.unmount()
  host.remove()
})

test('a chat opens at its end, and stays there as its older turns come in', async () => {
  show(941)
  for (const first of [691, 441, 191, 1]) {
    await frame()
    show(first)
  }
  await settled()
  expect(left()).toBeLessThan(2)
  expect(log().textContent).toContain('1000')
})

test('the end is kept when older turns come in just after the last ones grew', async () => {
  show(941)
  await settled()
  const last = [...host.querySelectorAll('article')].at(-1)
  if (last) last.style.height = '900px'
  // The window is at the new end before the list has heard that there is one.
  log().scrollTop = log().scrollHeight
  await frame()
  show(691)
  await frame()
  show(441)
  await settled()
  expect(left()).toBeLessThan(2)
  expect(log().textContent).toContain('1000')
})

test('of long turns few are drawn beyond the window, of short ones some', async () => {
  const drawn = async (height: number) => {
    const turns = turnsFrom(1, 100).map((one) => ({ ...one, height }))
    flushSync(() => root.render(<List key={height} turns={turns} />))
    await settled()
    return host.querySelectorAll('article').length
  }
  expect(await drawn(3000)).toBe(2)
  expect(await drawn(150)).toBe(4 + 6)
})

test('the line that is read stays where it is when older turns come in', async () => {
  show(941)
  await settled()
  log().scrollTop -= 3000
  await settled()
  const { top: topOfLog } = log().getBoundingClientRect()
  const read = [...host.querySelectorAll('article')].find((one) => one.getBoundingClientRect().bottom > topOfLog)
  const before = read?.getBoundingClientRect().top
  show(691)
  await settled()
  expect(read?.isConnected).toBe(true)
  expect(read?.getBoundingClientRect().top).toBeCloseTo(before ?? Number.NaN, 0)
})
