import { type Browser, chromium } from 'playwright'
import { findBrowser } from '../scripts/browser.ts'
import { type Servers, startServers } from './servers.ts'

/** Does `work` with a browser and the servers of a bench, which are closed whatever comes of it. */
export async function withBrowser<Result>(
  work: (browser: Browser, servers: Servers) => Promise<Result>,
): Promise<Result> {
  const found = findBrowser()
  if (!found.found) throw new Error('No Chromium found')
  const servers = await startServers()
  const browser = await chromium.launch(found.launchOptions)
  try {
    return await work(browser, servers)
  } finally {
    await browser.close()
    await servers.close()
  }
}
