import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { build, type Rolldown } from 'vite'
import { findBrowser } from '../scripts/browser.ts'
import type { Figure } from './figure.ts'
import type { readReplies } from './read-replies.ts'

declare global {
  interface Window {
    bench: { readonly readReplies: typeof readReplies }
  }
}

/** How fast replies are read where they are read: in a page of Chromium. */
export async function run(): Promise<readonly Figure[]> {
  const found = findBrowser()
  if (!found.found) throw new Error('No Chromium found')
  const browser = await chromium.launch(found.launchOptions)
  try {
    const page = await browser.newPage()
    await page.addScriptTag({ content: await bundle() })
    return await page.evaluate(() => window.bench.readReplies())
  } finally {
    await browser.close()
  }
}

/** The bench as one script, which a page without an address can run. */
async function bundle(): Promise<string> {
  const built = await build({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: 'bench/read-replies.ts', formats: ['iife'], name: 'bench' },
    },
  })
  const [output] = built as readonly Rolldown.RolldownOutput[]
  return output?.output[0].code ?? ''
}
