import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright'
import { atMost, type Figure, known, median, percentile } from './figure.ts'
import { measureMainThread } from './main-thread.ts'
import { installProbe } from './page-probe.ts'
import { chatOf, seedChats } from './seed-chats.ts'
import { isReply, type Servers } from './servers.ts'
import { lastWord, writeLongReply } from './story.ts'
import { withBrowser } from './with-browser.ts'

const replyTokens = 2000
const burstWord = 'Enough'
/** About what the app sends of a chat of 1,000 turns to a model with a window of 32,768 tokens, in characters. */
const promptLength = 120_000

/** The built page in Chromium, beside a bare page that appends the same words from the same server. */
export function run(): Promise<readonly Figure[]> {
  return withBrowser(async (browser, servers) => {
    return [...(await firstLoad(browser, servers)), ...(await chats(browser, servers))]
  })
}

/**
 * Everything that is fetched until the first word of the demo's scene is seen. The server is warm: the first visit counts
 * what is fetched, which takes the browser time, and the others are timed.
 */
async function firstLoad(browser: Browser, { appUrl }: Servers): Promise<Figure[]> {
  const times: number[] = []
  const scripts: Promise<number>[] = []
  for (let visit = 0; visit < 6; visit += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    await page.addInitScript(installProbe)
    // From inside the page: what is asked of it from outside while it starts is work of its main thread too.
    await page.addInitScript(() => window.probe.watch('word', '[data-layer]', '[a-z]'))
    // A window of the browser's own that has just opened is at work for a second.
    await page.waitForTimeout(1500)
    if (visit === 0) {
      page.on('response', (response) => {
        if (/\.js(\?|$)/.test(response.url())) scripts.push(response.body().then((body) => gzipSync(body).length))
      })
    }
    const before = Date.now()
    await page.goto(appUrl, { waitUntil: 'commit' })
    if (visit > 0) await page.waitForTimeout(1500)
    await page.waitForFunction(() => window.probe.shown['word'] !== undefined)
    times.push((await page.evaluate(() => window.probe.shown['word'] ?? 0)) - before)
    await Promise.all(scripts)
    await context.close()
  }
  const scriptBytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0)
  return [
    atMost(200, 'first load, scripts gzipped until the first word', scriptBytes / 1000, 'kB'),
    atMost(1000, 'first word of the demo scene', median(times.slice(1)), 'ms'),
  ]
}

async function chats(browser: Browser, servers: Servers): Promise<Figure[]> {
  const { appUrl, modelUrl, next, wire } = servers
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.addInitScript(installProbe)
  await seedChats(page, appUrl, modelUrl, [50, 1000, 5000])
  const figures: Figure[] = []

  const opening = async (turns: number) => {
    const samples: number[] = []
    for (let time = 0; time < 5; time += 1) {
      await page.goto(`${appUrl}/settings`)
      const began = await page.evaluate(() => Date.now())
      await page.goto(`${appUrl}/chat/${chatOf(turns)}`, { waitUntil: 'commit' })
      samples.push((await page.evaluate(() => window.probe.settled('article', 250))) - began)
      await expectEnd(page)
    }
    return median(samples)
  }
  const [short, long] = [await opening(50), await opening(5000)]
  figures.push(atMost(2, 'opening 5,000 turns over opening 50', long / short, 'ratio', { short, long }))

  const open = async () => {
    await page.goto(`${appUrl}/chat/${chatOf(1000)}`)
    await page.getByRole('textbox', { name: 'Message' }).waitFor()
    await page.waitForTimeout(1500)
    await expectEnd(page)
  }
  const say = async (words: string) => {
    await page.getByRole('textbox', { name: 'Message' }).fill(words)
    await page.getByRole('textbox', { name: 'Message' }).press('Enter')
  }

  const sends: number[] = []
  for (let time = 0; time < 6; time += 1) {
    await open()
    await next({ text: 'Yes.</system_thinking>Yes.' })
    const arrived = wire(isReply('arrived'))
    await say('And now?')
    const { at } = await arrived
    sends.push(at - (await page.evaluate(() => window.probe.enterAt)))
    await page.getByRole('button', { name: 'Send' }).waitFor()
  }
  const bareSends: number[] = []
  const bareSender = await openBare(context, servers)
  for (let time = 0; time < 6; time += 1) {
    await next({ text: 'Yes.' })
    const arrived = wire(isReply('arrived'))
    await bareSender.locator('#words').press('Enter')
    const { at } = await arrived
    bareSends.push(at - (await bareSender.evaluate(() => window.probe.enterAt)))
    await bareSender.waitForTimeout(300)
  }
  await bareSender.close()
  await page.bringToFront()
  const bareMs = median(bareSends.slice(1))
  figures.push(atMost(30, 'send to request on the wire, 1,000 turns', median(sends.slice(1)), 'ms', { bareMs }))

  const { text } = writeLongReply(replyTokens)
  const body = `x</system_thinking>${text}`
  for (const rate of [200, 1000]) {
    await open()
    await next({ text: body, rate, delta: 4 })
    const app = await measureMainThread(browser, page, () => streamed(page, () => say('Tell me everything.')))
    const longTasks = await page.evaluate(() => window.probe.longTasks.length)
    const bare = await openBare(context, servers)
    await next({ text: body, rate, delta: 4 })
    const plain = await measureMainThread(browser, bare, async () => {
      await bare.locator('#words').press('Enter')
      await bare.getByText(`${lastWord}.`).last().waitFor({ timeout: 60_000 })
    })
    await bare.close()
    await page.bringToFront()
    const details = { appMs: Math.round(app.cpuMs), bareMs: Math.round(plain.cpuMs), longTasks }
    if (rate === 200)
      figures.push(
        atMost(1.5, 'main thread, 200 tokens/s, over a bare page', app.cpuMs / plain.cpuMs, 'ratio', details),
      )
    else
      figures.push(
        atMost(0.9, 'busy share of the main thread, 1,000 tokens/s', app.busyMs / app.spanMs, 'share', details),
      )
    figures.push(atMost(50, `longest task, ${rate} tokens/s`, app.longestMs, 'ms'))
  }

  const bursts: number[] = []
  for (let time = 0; time < 5; time += 1) {
    await open()
    // A last word of its own: the replies before it end with others.
    const end = `${burstWord}${time}`
    await next({ text: body.replace(new RegExp(`${lastWord}\\.$`), `${end}.`), rate: 0, delta: 4 })
    const finished = wire(isReply('finished'))
    await page.evaluate((word) => window.probe.watch(word, 'article', `${word}\\.`), end)
    await say('All at once.')
    const { at } = await finished
    await page.waitForFunction((word) => window.probe.shown[word] !== undefined, end)
    bursts.push((await page.evaluate((word) => window.probe.shown[word] ?? 0, end)) - at)
  }
  figures.push(
    atMost(150, 'a burst of 2,000 tokens, last byte to seen', median(bursts), 'ms', { bursts: bursts.map(Math.round) }),
  )

  await open()
  await next({ text: body, rate: 200, delta: 4 })
  await say('While I type.')
  await page.waitForTimeout(500)
  await page.evaluate(() => {
    window.probe.keys.length = 0
  })
  await page
    .getByRole('textbox', { name: 'Message' })
    .pressSequentially('the quick brown fox jumps over it', { delay: 60 })
  const keys = await page.evaluate(() => window.probe.keys)
  figures.push(atMost(50, 'typing while a reply streams, p95', percentile(keys, 0.95), 'ms'))
  figures.push(known('typing while a reply streams, median', median(keys), 'ms'))
  await context.close()
  return figures
}

/** The bare page, ready to send. */
async function openBare(context: BrowserContext, { bareUrl, modelUrl }: Servers): Promise<Page> {
  const bare = await context.newPage()
  await bare.addInitScript(installProbe)
  await bare.goto(bareUrl)
  await bare.evaluate(`sendOnEnterTo(${JSON.stringify(`${modelUrl}/chat/completions`)}, ${promptLength})`)
  return bare
}

/** What a chat shows counts only at its end: elsewhere nothing is drawn while a reply comes. */
async function expectEnd(page: Page): Promise<void> {
  const left = await page.evaluate(() => {
    const log = document.querySelector('[role=log]')
    return log ? log.scrollHeight - log.scrollTop - log.clientHeight : Number.NaN
  })
  if (!(left < 60)) throw new Error(`The chat stands ${left} px above its end`)
}

/** Resolves when the reply that `begin` asks for has ended. */
async function streamed(page: Page, begin: () => Promise<void>): Promise<void> {
  await begin()
  await page.getByRole('button', { name: 'Stop' }).waitFor()
  await page.getByRole('button', { name: 'Send' }).waitFor({ timeout: 60_000 })
}
