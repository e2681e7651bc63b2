import { readFileSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { cwd } from 'node:process'
import { test as base, type Page } from '@playwright/test'
import { securityHeaders } from '../scripts/content-security-policy.ts'
import { writeWorker } from '../scripts/offline.ts'
import { createCard } from '../src/core/cards/create-card.ts'
import { writeCard } from '../src/core/cards/write-card.ts'
import { expect, lastTurn, replyEnded, send, turns } from './journey.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

/** A host of files that can be stopped, come back, lose its way, and be given a new version. */
interface Host {
  readonly address: string
  /** Paths that are asked for while they are here get no answer that is worth anything. */
  readonly failing: Set<string>
  readonly asked: string[]
  stop(): Promise<void>
  start(): Promise<void>
  /** Publishes a build that differs in its page. */
  publish(version: string): Promise<void>
}

const test = base.extend<{ host: Host }>({
  // biome-ignore lint/correctness/noEmptyPattern: a fixture that needs no other
  host: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'subtext-host-'))
    await cp('dist', folder, { recursive: true })
    const failing = new Set<string>()
    const asked: string[] = []
    let server: Server | undefined
    let port = 0
    const start = async () => {
      server = createServer((request, response) => {
        const path = new URL(request.url ?? '/', 'http://host').pathname.slice(1)
        asked.push(path)
        if (failing.has(path)) {
          response.writeHead(500).end('Lost')
          return
        }
        const file = (name: string) => ({ name, body: readFileSync(join(folder, name)) })
        const { name, body } = (() => {
          try {
            return file(path || 'index.html')
          } catch {
            return file('index.html')
          }
        })()
        const type = types[extname(name)] ?? 'application/octet-stream'
        response.writeHead(200, { ...securityHeaders, 'content-type': type, 'cache-control': 'no-cache' }).end(body)
      })
      await new Promise<void>((resolve) => server?.listen(port, 'localhost', resolve))
      port = (server.address() as AddressInfo).port
    }
    const stop = async () => {
      server?.closeAllConnections()
      await new Promise((resolve) => server?.close(resolve))
    }
    const publish = async (version: string) => {
      const page = join(folder, 'index.html')
      const html = await readFile(page, 'utf8')
      await writeFile(page, html.replace(/(name="description" content=")[^"]*/, `$1${version}`))
      await writeWorker(cwd(), folder)
    }
    await start()
    await use({ address: `http://localhost:${port}/`, failing, asked, start, stop, publish })
    await stop()
    await rm(folder, { recursive: true, force: true })
  },
})

test.use({ serviceWorkers: 'allow' })

/** A card as a picture. */
function cardOf(name: string): Buffer {
  return Buffer.from(writeCard({ document: createCard({ name }) }, 'png'))
}

/** Sees the first scene to its end, and waits as long as the page does before it asks for more. */
async function visit(page: Page, host: Host): Promise<string> {
  await page.clock.install()
  await page.goto(host.address)
  await expect(turns(page)).toHaveCount(2)
  expect(host.asked).not.toContain('service-worker.js')
  await page.clock.fastForward(25_000)
  await replyEnded(page)
  return lastTurn(page).locator('[data-layer="speech"]').last().innerText()
}

const description = (page: Page) => page.locator('meta[name=description]')
const isServed = (page: Page) => page.evaluate(() => navigator.serviceWorker.controller !== null)

test('what was visited is there without a network, changes on the reader’s word, and takes what the system gives', async ({
  page,
  host,
}) => {
  await page.addInitScript(() => {
    // No headless browser opens files with an installed app: this stands in for the system's side of it.
    Object.defineProperty(window, 'launchQueue', {
      value: { setConsumer: (consumer: unknown) => Object.assign(window, { launch: consumer }) },
    })
  })
  const said = await visit(page, host)
  await expect.poll(() => isServed(page), { timeout: 30_000 }).toBe(true)
  expect(host.asked.filter((path) => path === 'endpoint.json' || path.startsWith('v1/'))).toEqual([])

  await host.stop()
  await page.reload()
  await expect(lastTurn(page)).toContainText(said)
  await send(page, 'Do you dance, Miss Bennet?')
  await replyEnded(page)
  await expect(lastTurn(page)).toContainText('scripted')
  for (const place of ['Lorebooks', 'Characters', 'Connections', 'Settings']) {
    await page.getByRole('link', { name: place, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible()
  }
  await page.goto(`${host.address}characters/bundled-scheherazade`)
  await expect(page.getByRole('button', { name: 'New chat' })).toBeVisible()
  expect(await page.evaluate(() => document.fonts.load('1em "Literata Variable"').then((fonts) => fonts.length))).toBe(
    1,
  )

  // A new version that can't be had whole is none.
  await host.publish('half')
  host.failing.add('first-paint.js')
  host.asked.length = 0
  await host.start()
  await page.goto(host.address)
  await expect.poll(() => host.asked).toContain('first-paint.js')
  await expect(lastTurn(page)).toContainText('scripted')
  await expect(description(page)).not.toHaveAttribute('content', 'half')
  host.failing.clear()

  await host.publish('new')
  await page.reload()
  await expect(page.getByText('A new version is ready.')).toBeVisible({ timeout: 30_000 })
  await send(page, 'I like a new gown.')
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await page.getByRole('button', { name: 'Reload' }).click()
  await replyEnded(page)
  await expect(description(page)).toHaveAttribute('content', 'new')
  await expect(turns(page).filter({ hasText: 'I like a new gown.' })).toBeVisible()
  await expect(lastTurn(page)).toContainText('scripted')
  await expect(page.getByText('A new version is ready.')).toHaveCount(0)
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(1)

  // As a page elsewhere would post it, which is asked about once more.
  await page.goto('about:blank')
  await page.setContent(
    `<form method="post" enctype="multipart/form-data" action="${host.address}share">
      <input type="file" name="files"><button>Share</button></form>`,
  )
  await page.locator('input').setInputFiles({ name: 'peleg.png', mimeType: 'image/png', buffer: cardOf('Peleg') })
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page).toHaveURL(/\/chat\//)
  await expect(page.getByText('“peleg.png” was shared with Subtext.')).toBeVisible()
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Peleg' })).toBeVisible()

  await page.evaluate(
    (bytes) => {
      const file = new File([new Uint8Array(bytes)], 'bildad.png', { type: 'image/png' })
      const { launch } = window as unknown as { launch: (launch: object) => void }
      launch({ targetURL: location.origin, files: [{ getFile: async () => file }] })
    },
    [...cardOf('Bildad')],
  )
  await expect(page.getByRole('heading', { level: 1, name: 'Bildad' })).toBeVisible()

  await page.goto(`${host.address}?new`)
  await expect(page).toHaveURL(/\/chat\//)
})
