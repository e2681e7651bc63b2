import type { BrowserContext, Page } from 'playwright'
import { atMost, type Figure, known, median, percentile } from './figure.ts'
import { type MainThread, measureMainThread } from './main-thread.ts'
import { installProbe } from './page-probe.ts'
import { chatOf, seedChats } from './seed-chats.ts'
import type { Servers } from './servers.ts'
import { writeLongReply } from './story.ts'
import { withBrowser } from './with-browser.ts'

const short = 50
const long = 10_000
/** A phone's processor, beside the one that the bench runs on. */
const throttling = 4

/**
 * A chat of 10,000 turns beside one of 50, on a processor a quarter as fast: to open it, to scroll through it, to have a
 * reply stream into it, to look for a word in it.
 */
export function run(): Promise<readonly Figure[]> {
  return withBrowser(async (browser, servers) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const seeder = await context.newPage()
    await seedChats(seeder, servers.appUrl, servers.modelUrl, [short, long])
    await seeder.close()
    const measure = async (turns: number) => {
      const page = await openThrottled(context)
      const opened = await opening(page, servers, turns)
      const frames = await scrolling(page)
      const streamed = await measureMainThread(browser, page, () => streaming(page, servers))
      const finding = await finds(page)
      await page.close()
      return { opened, frames, streamed, finding }
    }
    const [one, other] = [await measure(short), await measure(long)]
    const ratio = (name: string, limit: number, of: (measured: typeof one) => number, unit: string) =>
      atMost(limit, `${name}, 10,000 turns over 50, 4x throttled`, of(other) / of(one), 'ratio', {
        [`short ${unit}`]: Math.round(of(one)),
        [`long ${unit}`]: Math.round(of(other)),
      })
    const cpu = ({ streamed }: { readonly streamed: MainThread }) => streamed.cpuMs
    return [
      ratio('opening a chat', 2, ({ opened }) => opened, 'ms'),
      ratio('scrolling a chat, frame time p95', 2, ({ frames }) => percentile(frames, 0.95), 'ms'),
      ratio('streaming a reply, main thread', 1.5, cpu, 'ms'),
      known('longest task while a reply streams, 10,000 turns, 4x throttled', other.streamed.longestMs, 'ms'),
      known('finding a word the first time, 10,000 turns, 4x throttled', other.finding.first, 'ms'),
      known('finding another word, 10,000 turns, 4x throttled', other.finding.next, 'ms'),
      known('finding a word the first time, 50 turns, 4x throttled', one.finding.first, 'ms'),
    ]
  })
}

async function openThrottled(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.addInitScript(installProbe)
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttling })
  return page
}

async function opening(page: Page, { appUrl }: Servers, turns: number): Promise<number> {
  const samples: number[] = []
  for (let time = 0; time < 3; time += 1) {
    await page.goto(`${appUrl}/settings`)
    const began = await page.evaluate(() => Date.now())
    await page.goto(`${appUrl}/chat/${chatOf(turns)}`, { waitUntil: 'commit' })
    samples.push((await page.evaluate(() => window.probe.settled('article', 250))) - began)
  }
  // What is read behind the newest turns is of no concern to the eye, but it is to the next measurements.
  await page.waitForTimeout(6000)
  return median(samples)
}

/** Up through the chat and down again at the pace of a wheel; the time between frames, in milliseconds. */
async function scrolling(page: Page): Promise<readonly number[]> {
  return page.evaluate(async () => {
    const log = document.querySelector('[role=log]')
    if (!log) throw new Error('No transcript')
    const frames: number[] = []
    let before = await new Promise<number>(requestAnimationFrame)
    for (let step = 0; step < 120; step += 1) {
      log.scrollTop += step < 60 ? -120 : 120
      const now = await new Promise<number>(requestAnimationFrame)
      frames.push(now - before)
      before = now
    }
    return frames
  })
}

async function streaming(page: Page, { next }: Servers): Promise<void> {
  const { text } = writeLongReply(600)
  await next({ text: `x</system_thinking>${text}`, rate: 60, delta: 4 })
  const field = page.getByRole('textbox', { name: 'Message' })
  await field.fill('Tell me everything.')
  await field.press('Enter')
  await page.getByRole('button', { name: 'Stop' }).waitFor()
  await page.getByRole('button', { name: 'Send' }).waitFor({ timeout: 120_000 })
}

/** From a word that is typed until the whole chat was looked through, in milliseconds. */
async function finds(page: Page): Promise<{ readonly first: number; readonly next: number }> {
  await page.keyboard.press('Control+f')
  const look = async (word: string) => {
    const began = Date.now()
    await page.getByRole('textbox', { name: 'Find', exact: true }).fill(word)
    await page.waitForFunction(() => {
      const said = document.querySelector('[data-find] [role=status]')?.textContent ?? ''
      return said !== '' && !said.includes('…')
    })
    return Date.now() - began
  }
  return { first: await look('music'), next: await look('letter') }
}
