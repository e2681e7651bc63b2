import type { Browser, Page } from 'playwright'

/** What the main thread of a page did for a while. In milliseconds. */
export interface MainThread {
  /** Time the processor worked for it; another program on the same processor does not count. */
  readonly cpuMs: number
  /** Time its tasks took by the clock on the wall. */
  readonly busyMs: number
  readonly longestMs: number
  /** From the first task to the last. */
  readonly spanMs: number
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds, as are `dur` and `tdur`. */
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** Adds up the tasks of the page's main thread while `work` is done. No other page may be busy meanwhile. */
export async function measureMainThread(browser: Browser, page: Page, work: () => Promise<void>): Promise<MainThread> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  await work()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const ofThreads = threads.map(({ pid, tid }) =>
    summarise(traceEvents.filter((event) => event.pid === pid && event.tid === tid)),
  )
  return ofThreads.reduce((busiest, one) => (one.cpuMs > busiest.cpuMs ? one : busiest))
}

function summarise(events: readonly TraceEvent[]): MainThread {
  const tasks = events.filter(({ name, ph }) => ph === 'X' && name.endsWith('RunTask'))
  let [cpu, busy, longest] = [0, 0, 0]
  for (const { dur = 0, tdur = 0 } of tasks) {
    cpu += tdur
    busy += dur
    longest = Math.max(longest, dur)
  }
  const first = tasks.reduce((least, { ts }) => Math.min(least, ts), Number.POSITIVE_INFINITY)
  const last = tasks.reduce((most, { ts, dur = 0 }) => Math.max(most, ts + dur), 0)
  return { cpuMs: cpu / 1000, busyMs: busy / 1000, longestMs: longest / 1000, spanMs: (last - first) / 1000 }
}
