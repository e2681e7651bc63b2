import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { type Browser, chromium, type Page } from 'playwright'
import { createCard } from '#core/cards/create-card.ts'
import { pngSignature } from '#core/cards/png-chunks.ts'
import { writeCard } from '#core/cards/write-card.ts'
import { pngChunk } from '#core/cards/write-png.ts'
import { concatBytes, uint32 } from '#lib/bytes.ts'
import { findBrowser } from '../scripts/browser.ts'
import { atMost, type Figure, known } from './figure.ts'
import { installProbe } from './page-probe.ts'
import { startServers } from './servers.ts'

const count = 1000

/**
 * A thousand card files with pictures that are chosen at once in a real page: the time beside that of reading their
 * bytes in the same page, the memory of the page's process, and the longest the page was held up.
 */
export async function run(): Promise<readonly Figure[]> {
  const found = findBrowser()
  if (!found.found) throw new Error('No Chromium found')
  const folder = mkdtempSync(join(tmpdir(), 'import-'))
  const { files, bytes } = writeFiles(folder)
  const servers = await startServers()
  const browser = await chromium.launch(found.launchOptions)
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    await page.addInitScript(installProbe)
    await page.goto(`${servers.appUrl}/characters`)
    await page.getByRole('listitem').nth(5).waitFor()
    const aloneMs = await readAlone(page, files)
    const before = await pageMemory(browser)
    const { ms, frames, longestTaskMs } = await importAll(page, files)
    const after = await pageMemory(browser)
    const details = { files: count, megabytes: Math.round(bytes / 1e6) }
    return [
      atMost(30, '1,000 files imported in the page, over reading their bytes', ms / aloneMs, '×', {
        ...details,
        ms: Math.round(ms),
        msAlone: Math.round(aloneMs),
      }),
      atMost(100, '1,000 files imported: longest task of the page', longestTaskMs, 'ms'),
      known('1,000 files imported: longest time between two frames', Math.max(...frames), 'ms', {
        frames: frames.length,
        over100ms: frames.filter((gap) => gap > 100).length,
      }),
      ...(before && after
        ? [
            known(
              '1,000 files imported: most memory the page held more, over their size',
              (after - before) / bytes,
              '×',
              {
                megabytes: Math.round((after - before) / 1e6),
              },
            ),
          ]
        : []),
    ]
  } finally {
    await browser.close()
    await servers.close()
    rmSync(folder, { recursive: true })
  }
}

/** Cards in pictures that can be drawn, of about 180 kB each. */
function writeFiles(folder: string): { readonly files: readonly string[]; readonly bytes: number } {
  const pictures = Array.from({ length: 8 }, picture)
  let bytes = 0
  const files = Array.from({ length: count }, (_, index) => {
    const document = createCard({
      name: `Character ${index}`,
      description: `A clerk at the grey pier, number ${index}. `.repeat(100),
      greetings: Array.from({ length: 4 }, (_unused, at) => `*looks up* "${at}: you are late, {{user}}." `.repeat(20)),
      tags: ['bench', `tag ${index % 40}`],
    })
    const chosen = pictures[index % pictures.length] ?? new Uint8Array()
    const written = writeCard({ document, picture: { bytes: chosen, type: 'image/png' } }, 'png')
    const path = join(folder, `${index}.png`)
    writeFileSync(path, written)
    bytes += written.length
    return path
  })
  return { files, bytes }
}

function picture(): Uint8Array {
  const [width, height] = [200, 300]
  const pixels = new Uint8Array(randomBytes(height * (1 + width * 3)))
  // The first byte of a row says how it is packed.
  for (let row = 0; row < height; row++) pixels[row * (1 + width * 3)] = 0
  const header = concatBytes([uint32(width), uint32(height), Uint8Array.of(8, 2, 0, 0, 0)])
  const chunks = [pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(pixels)), pngChunk('IEND', new Uint8Array())]
  return concatBytes([pngSignature, ...chunks])
}

/** What reading the bytes of all files takes in the page, and nothing else. */
async function readAlone(page: Page, files: readonly string[]): Promise<number> {
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', multiple: true, id: 'alone' })
    document.body.append(input)
  })
  await page.locator('#alone').setInputFiles([...files])
  return page.locator('#alone').evaluate(async (input) => {
    const start = performance.now()
    for (const file of (input as HTMLInputElement).files ?? []) await file.arrayBuffer()
    const ms = performance.now() - start
    input.remove()
    return ms
  })
}

async function importAll(page: Page, files: readonly string[]) {
  await page.evaluate(() => {
    const input = document.querySelector('input[type=file]')
    const watched = { chosenAt: 0, frames: [] as number[], isOver: false }
    Object.assign(window, { watched })
    window.probe.longTasks.length = 0
    const begin = () => {
      watched.chosenAt = Date.now()
      window.probe.watch('report', 'dialog, [role=dialog]', 'Done')
      let last = performance.now()
      const step = (now: number) => {
        watched.frames.push(now - last)
        last = now
        if (window.probe.shown['report'] === undefined) requestAnimationFrame(step)
      }
      requestAnimationFrame(step)
    }
    input?.addEventListener('change', begin, { once: true, capture: true })
  })
  await page.getByLabel('Import card').setInputFiles([...files])
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).waitFor({ timeout: 300_000 })
  await page.waitForFunction(() => window.probe.shown['report'] !== undefined)
  return page.evaluate(() => {
    const { chosenAt, frames } = (window as unknown as { watched: { chosenAt: number; frames: number[] } }).watched
    return {
      ms: (window.probe.shown['report'] ?? 0) - chosenAt,
      frames,
      longestTaskMs: Math.max(0, ...window.probe.longTasks),
    }
  })
}

/** The most memory that the fullest page has held so far, in bytes; known on Linux only. */
async function pageMemory(browser: Browser): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1])
  return Math.max(...peaks.map((kilobytes) => Number(kilobytes ?? 0) * 1024))
}
