import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { preview } from 'vite'
import type { Behaviour } from '../e2e/model-server/behaviour.ts'

/** What the wire clock of the model server tells; `at` is in unix milliseconds. */
export interface WireEvent {
  readonly event: 'arrived' | 'finished'
  readonly method: string
  readonly path: string
  readonly at: number
}

/** What the pages of the bench talk to. */
export interface Servers {
  /** The built app. No slash at the end. */
  readonly appUrl: string
  /** The bare page, from a host of its own: the app's worker answers for every address of its own. */
  readonly bareUrl: string
  /** Where the app was built to. */
  readonly folder: string
  /** With `/v1`. */
  readonly modelUrl: string
  /** Says how the next reply is sent. */
  readonly next: (behaviour: Behaviour) => Promise<void>
  /** Resolves with the next thing on the wire that `isMeant`. */
  readonly wire: (isMeant: (event: WireEvent) => boolean) => Promise<WireEvent>
  readonly close: () => Promise<void>
}

/** How long something may stay away from the wire before the bench gives up, in milliseconds. */
const patienceMs = 30_000

/** Builds the app into a folder of its own and serves it; the model server gets a process, and so an event loop, of its own. */
export async function startServers(): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'subtext-bench-'))
  buildInto(folder)
  const app = await preview({
    logLevel: 'error',
    build: { outDir: folder },
    preview: { port: 4573, strictPort: false, host: '127.0.0.1' },
  })
  const types: Readonly<Record<string, string>> = { html: 'text/html', css: 'text/css', js: 'text/javascript' }
  const bare = createServer(({ url = '' }, response) => {
    const [, ending = ''] = /^\/bare\/append\.(html|css|js)$/.exec(url) ?? []
    const type = types[ending]
    if (!type) return response.writeHead(404).end()
    return response
      .writeHead(200, { 'content-type': type })
      .end(readFileSync(join(import.meta.dirname, `bare/append.${ending}`)))
  })
  await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve))
  const appUrl = app.resolvedUrls?.local[0]?.replace(/\/$/, '')
  if (!appUrl) throw new Error('The built app is served nowhere')

  const process = spawn(
    globalThis.process.execPath,
    ['--import', join(import.meta.dirname, 'wire-clock.mjs'), 'scripts/model-server.mjs', '--context', '131072'],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  )
  const modelUrl = await readUrl(process)
  return {
    appUrl,
    bareUrl: `http://127.0.0.1:${(bare.address() as AddressInfo).port}/bare/append.html`,
    folder,
    modelUrl: `${modelUrl}/v1`,
    next: async (behaviour) => {
      await fetch(`${modelUrl}/control`, { method: 'POST', body: JSON.stringify({ next: [behaviour] }) })
    },
    wire: (isMeant) => waitForWire(process, isMeant),
    close: async () => {
      process.kill()
      bare.close()
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** In a process of its own: whoever runs the bench may be in development mode, and React would be built for that. */
function buildInto(folder: string): void {
  const { NODE_ENV: _mode, ...environment } = globalThis.process.env
  const { status } = spawnSync('npx', ['vite', 'build', '--logLevel', 'error', '--outDir', folder, '--emptyOutDir'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment,
  })
  if (status !== 0) throw new Error('The app could not be built')
}

/** The first line of the model server is one JSON object with its address. */
async function readUrl(process: ChildProcess): Promise<string> {
  if (!process.stdout) throw new Error('The model server has no output')
  for await (const line of createInterface(process.stdout)) return (JSON.parse(line) as { url: string }).url
  throw new Error('The model server did not start')
}

function waitForWire(process: ChildProcess, isMeant: (event: WireEvent) => boolean): Promise<WireEvent> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error('Nothing came over the wire'))), patienceMs)
    // Node keeps what nobody listened to and gives it to the next listener.
    const since = Date.now()
    const listen = (message: unknown) => {
      const event = message as WireEvent
      if (event.at >= since && isMeant(event)) end(() => resolve(event))
    }
    const end = (settle: () => void) => {
      clearTimeout(timer)
      process.off('message', listen)
      settle()
    }
    process.on('message', listen)
  })
}

/** The request for a reply, and not the preflight before it. */
export function isReply(kind: WireEvent['event']): (event: WireEvent) => boolean {
  return ({ event, method, path }) => event === kind && method === 'POST' && path.endsWith('/completions')
}
