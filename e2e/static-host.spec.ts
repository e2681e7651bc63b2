import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { lastTurn, replyEnded } from './journey.ts'

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** The app, built for a folder of a host that serves files and knows nothing else. */
const test = base.extend<Record<never, never>, { address: string }>({
  address: [
    // biome-ignore lint/correctness/noEmptyPattern: a fixture that needs no other
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'subtext-static-'))
      const built = spawnSync(
        'npx',
        ['vite', 'build', '--logLevel', 'error', '--base', '/play/', '--outDir', folder, '--emptyOutDir'],
        { env: { ...process.env, NODE_ENV: 'production' } },
      )
      expect(String(built.stderr)).toBe('')
      const server = createServer((request, response) => {
        const { pathname } = new URL(request.url ?? '/', 'http://host')
        const inFolder = pathname.startsWith('/play/') ? pathname.slice('/play/'.length) : undefined
        const path = join(folder, inFolder || 'index.html')
        const isThere = inFolder !== undefined && existsSync(path)
        const shown = isThere ? path : join(folder, '404.html')
        response.writeHead(isThere ? 200 : 404, { 'content-type': types[extname(shown)] ?? 'application/octet-stream' })
        createReadStream(shown).pipe(response)
      })
      await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
      await use(`http://localhost:${(server.address() as AddressInfo).port}/play/`)
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

test.use({ serviceWorkers: 'allow' })

test('the app plays from a folder of a static host, and its addresses can be opened anew, without a network too', async ({
  page,
  context,
  address,
}) => {
  const missing: string[] = []
  page.on('response', (response) => {
    if (response.status() >= 400 && response.request().resourceType() !== 'document') missing.push(response.url())
  })
  await page.clock.install()
  await page.goto(address)
  await expect(page).toHaveURL(/\/play\/chat\//)
  await replyEnded(page)
  const said = await lastTurn(page).locator('[data-layer="speech"]').last().innerText()
  await page.reload()
  await expect(lastTurn(page)).toContainText(said)
  await page.getByRole('link', { name: 'Characters' }).first().click()
  await expect(page).toHaveURL(`${address}characters`)
  await expect(page.getByRole('link', { name: 'Sherlock Holmes' }).first()).toBeVisible()
  expect(missing.filter((url) => !url.endsWith('/endpoint.json'))).toEqual([])

  const manifest = await page.evaluate(async () => {
    const { href } = document.querySelector<HTMLLinkElement>('link[rel=manifest]') ?? { href: '' }
    const { scope, icons } = await (await fetch(href)).json()
    const sizes = icons.map(async ({ src }: { src: string }) => {
      const { width } = await createImageBitmap(await (await fetch(new URL(src, href))).blob())
      return width
    })
    return { scope: new URL(scope, href).href, sizes: await Promise.all(sizes.slice(1)) }
  })
  expect(manifest).toEqual({ scope: address, sizes: [192, 512, 512] })

  // Some time later the page keeps its files.
  await page.clock.fastForward(25_000)
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: 30_000 })
    .toBe(true)
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByRole('link', { name: 'Sherlock Holmes' }).first()).toBeVisible()
  await page.goto(address)
  await expect(lastTurn(page)).toContainText(said)
  await context.setOffline(false)
})
