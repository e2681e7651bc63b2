import type { BrowserContext, Page } from 'playwright'
import { atMost, type Figure, known, median } from './figure.ts'
import { installProbe } from './page-probe.ts'
import { seedChats } from './seed-chats.ts'
import { isReply, type Servers } from './servers.ts'
import { withBrowser } from './with-browser.ts'

const turns = 5000
const passphrase = 'correct horse battery'
const opens = 5
const sends = 5

/**
 * A chat of 5,000 turns with everything sealed beside the same chat open: to open it, to look through all of it, and to send.
 * Every page asks for the passphrase once, which takes as long as it is meant to; that is told apart.
 */
export function run(): Promise<readonly Figure[]> {
  return withBrowser(async (browser, servers) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.addInitScript(installProbe)
    const page = await context.newPage()
    await seedChats(page, servers.appUrl, servers.modelUrl, [turns])
    const open = await measure(context, servers)
    const sealingMs = await sealEverything(page, servers)
    const sealed = await measure(context, servers)
    const ratio = (name: string, of: (measured: typeof open) => readonly number[]) =>
      atMost(2, `${name}, 5,000 turns sealed over open`, median(of(sealed)) / median(of(open)), 'ratio', {
        'open ms': Math.round(median(of(open))),
        'sealed ms': Math.round(median(of(sealed))),
      })
    return [
      ratio('opening a chat', ({ opened }) => opened),
      ratio('finding a word the first time', ({ found }) => found),
      ratio('from Send to the request on the wire', ({ sent }) => sent),
      known('from the passphrase to the page', median(sealed.unlocked), 'ms'),
      known('sealing 5,000 turns', sealingMs, 'ms'),
    ]
  })
}

async function measure(context: BrowserContext, servers: Servers) {
  const opened: number[] = []
  const found: number[] = []
  const unlocked: number[] = []
  const sent: number[] = []
  for (let time = 0; time < opens; time += 1) {
    const page = await context.newPage()
    await page.goto(`${servers.appUrl}/chats`)
    unlocked.push(await pastTheLock(page))
    const link = page
      .getByRole('main')
      .getByRole('link', { name: `A chat of ${turns}` })
      .first()
    await link.waitFor()
    // What is fetched behind the page is in by then, in both.
    await page.waitForTimeout(2000)
    const began = await page.evaluate(() => Date.now())
    await link.click()
    opened.push((await page.evaluate(() => window.probe.settled('article', 250))) - began)
    found.push(await finding(page))
    if (time === 0) sent.push(...(await sending(page, servers)))
    await page.close()
  }
  return { opened, found, unlocked, sent }
}

/** From a word that is typed until the whole chat was looked through, in milliseconds. */
async function finding(page: Page): Promise<number> {
  await page.keyboard.press('Control+f')
  const began = Date.now()
  await page.getByRole('textbox', { name: 'Find', exact: true }).fill('music')
  await page.waitForFunction(() => {
    const said = document.querySelector('[data-find] [role=status]')?.textContent ?? ''
    return said !== '' && !said.includes('…')
  })
  const took = Date.now() - began
  await page.keyboard.press('Escape')
  return took
}

async function sending(page: Page, { next, wire }: Servers): Promise<readonly number[]> {
  const sent: number[] = []
  for (let time = 0; time < sends; time += 1) {
    await next({ text: 'Quite.</system_thinking>Quite so.', rate: 200 })
    const arrived = wire(isReply('arrived'))
    const field = page.getByRole('textbox', { name: 'Message' })
    await field.fill(`And then? ${time}`)
    await field.press('Enter')
    const { at } = await arrived
    sent.push(at - (await page.evaluate(() => window.probe.enterAt)))
    await page.getByRole('button', { name: 'Send' }).waitFor()
    await page.waitForTimeout(1500)
  }
  return sent
}

/** Gives the passphrase, if it is asked for, and tells how long its key took to make, in milliseconds. */
async function pastTheLock(page: Page): Promise<number> {
  const locked = page.getByRole('heading', { name: 'Subtext is locked' })
  await locked.or(page.getByRole('navigation')).first().waitFor({ timeout: 60_000 })
  if (!(await locked.isVisible())) return 0
  await page.getByLabel('Passphrase').fill(passphrase)
  const began = Date.now()
  await page.keyboard.press('Enter')
  await locked.waitFor({ state: 'detached', timeout: 60_000 })
  return Date.now() - began
}

/** Milliseconds from the passphrase until everything is sealed. */
async function sealEverything(page: Page, { appUrl }: Servers): Promise<number> {
  await page.goto(`${appUrl}/settings`)
  const section = page.getByRole('region', { name: 'A passphrase for everything' })
  await section.getByRole('button', { name: 'Set a passphrase' }).click()
  await page.getByLabel('New passphrase').fill(passphrase)
  await page.getByLabel('Once more').fill(passphrase)
  await page.getByRole('button', { name: 'Seal everything' }).click()
  await page.getByRole('heading', { name: 'Subtext is locked' }).waitFor()
  await page.getByLabel('Passphrase').fill(passphrase)
  const began = Date.now()
  await page.keyboard.press('Enter')
  await section.getByRole('button', { name: 'Remove it' }).waitFor({ timeout: 120_000 })
  return Date.now() - began
}
