import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from '@playwright/test'
import { expect, test } from './journey.ts'

/** Serves the built page at another port, under whatever name it is asked by. */
async function startMirror(baseUrl: string) {
  const server = createServer(async (request, response) => {
    const page = await fetch(new URL(request.url ?? '/', baseUrl))
    const headers = { 'content-type': page.headers.get('content-type') ?? '' }
    response.writeHead(page.status, headers).end(Buffer.from(await page.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

test('a public page on plain http is told why this machine’s server is out of its reach', async ({ modelServer }, {
  project: { use },
}) => {
  const { launchOptions = {}, baseURL = '' } = use
  const mirror = await startMirror(baseURL)
  const browser = await chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions.args ?? []),
      '--host-resolver-rules=MAP subtext.example 127.0.0.1',
      `--ip-address-space-overrides=127.0.0.1:${mirror.port}=public`,
    ],
  })
  const page = await browser.newPage()
  await page.goto(`http://subtext.example:${mirror.port}/connections`)
  await page.getByRole('textbox', { name: 'Base URL' }).fill(modelServer.url)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('The browser blocks your own network', { timeout: 20_000 })
  await expect(alert).toContainText('This page came over plain http')
  await expect(alert).toContainText('npm start')
  expect(modelServer.requests).toEqual([])
  await browser.close()
  mirror.close()
})
