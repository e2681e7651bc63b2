import type { Browser, Page } from 'playwright'
import { catalogueEntry } from '#core/cards/catalogue.ts'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import type { CharacterId } from '#core/ids.ts'
import { atMost, type Figure, known, median } from './figure.ts'
import { installProbe } from './page-probe.ts'
import { putRows } from './seed-chats.ts'
import { withBrowser } from './with-browser.ts'

/** Characters written into the page's database at a time. */
const batchSize = 250

/** Opening a library of five thousand characters beside one of fifty, and finding one of them by its text. */
export function run(): Promise<readonly Figure[]> {
  return withBrowser(async (browser, servers) => {
    const small = await openLibrary(browser, servers.appUrl, 50)
    const large = await openLibrary(browser, servers.appUrl, 5000)
    return [
      atMost(2, 'opening a library of 5,000 over one of 50', large.openMs / small.openMs, 'ratio', {
        small: Math.round(small.openMs),
        large: Math.round(large.openMs),
      }),
      atMost(100, 'searching 5,000 cards, key to seen', large.searchMs, 'ms'),
      known('the first search of 5,000 cards, until all of them were read', large.readMs, 'ms'),
      known('frames while a library of 5,000 is scrolled, median', large.frameMs, 'ms'),
    ]
  })
}

async function openLibrary(browser: Browser, appUrl: string, count: number) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.addInitScript(installProbe)
  await page.goto(`${appUrl}/characters`)
  await page.getByRole('listitem').nth(5).waitFor()
  for (let start = 0; start < count; start += batchSize) {
    const characters = Array.from({ length: Math.min(batchSize, count - start) }, (_, at) =>
      createCharacter(start + at),
    )
    await putRows(page, { characters, catalogue: characters.map(catalogueEntry) })
  }
  const openings: number[] = []
  for (let time = 0; time < 5; time += 1) {
    await page.goto(`${appUrl}/settings`)
    const began = await page.evaluate(() => Date.now())
    await page.goto(`${appUrl}/characters`, { waitUntil: 'commit' })
    await page.evaluate(() => window.probe.watch('first', 'main li:nth-child(4)', 'Person'))
    await page.waitForFunction(() => window.probe.shown['first'] !== undefined)
    openings.push((await page.evaluate(() => window.probe.shown['first'] ?? 0)) - began)
  }
  const frameMs = await page.evaluate(measureScrolling)
  const searched = await search(page, count)
  await context.close()
  return { openMs: median(openings), frameMs, ...searched }
}

function createCharacter(index: number): Character {
  return {
    id: `bench-${String(index).padStart(5, '0')}` as CharacterId,
    document: createCard({
      name: `Person ${index}`,
      description: `A clerk at the grey pier, number ${index}, key ${index * 7919}x. `.repeat(60),
      greetings: ['You are late, {{user}}. '.repeat(40)],
      tags: [`tag ${index % 40}`, `genre ${index % 7}`],
    }),
    hue: index % 360,
    origin: 'imported',
    createdAt: 1_750_000_000_000 + index,
    updatedAt: 1_750_000_000_000 + index,
  }
}

/** The median time between frames, in milliseconds, while the list is scrolled. Runs in the page. */
async function measureScrolling(): Promise<number> {
  const main = document.querySelector('main')
  const gaps: number[] = []
  await new Promise<void>((resolve) => {
    let last = performance.now()
    const end = last + 3000
    requestAnimationFrame(function step(now) {
      gaps.push(now - last)
      last = now
      if (main) main.scrollTop += 60
      if (now < end) requestAnimationFrame(step)
      else resolve()
    })
  })
  return gaps.sort((one, other) => one - other)[gaps.length >> 1] ?? Number.NaN
}

/** From the last key of a word to the one character whose text has it, once the cards were read. */
async function search(page: Page, count: number) {
  const box = page.getByRole('searchbox', { name: 'Search characters' })
  const status = page.getByRole('main').getByRole('status').first()
  const began = Date.now()
  await box.fill('nobody has xyzzy')
  // While cards are still being read it is told so.
  await status.getByText(/^0 of [\d,]+$/).waitFor({ timeout: 120_000 })
  const readMs = Date.now() - began
  const times: number[] = []
  for (const index of [3, 17, 29, 41, count - 1]) {
    const key = `seen ${index}`
    await page.evaluate(
      ([name, words]) => {
        window.probe.watch(name, 'main li', words)
        const onInput = () => {
          window.probe.shown['typed'] = Date.now()
        }
        document.querySelector('input[type=search]')?.addEventListener('input', onInput, { once: true })
      },
      [key, `^.*Person ${index}(?!\\d)`] as const,
    )
    await box.fill(`${index * 7919}x`)
    await page.waitForFunction((name) => window.probe.shown[name] !== undefined, key)
    times.push(await page.evaluate((name) => (window.probe.shown[name] ?? 0) - (window.probe.shown['typed'] ?? 0), key))
  }
  return { searchMs: median(times), readMs }
}
