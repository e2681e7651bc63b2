import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, posix, sep } from 'node:path'
import { build, type Plugin } from 'vite'
import type { Build } from '../src/app/offline/kept-files.ts'
import { drawIcon } from './draw-icon.ts'
import { icons, webManifest } from './web-manifest.ts'

const workerFile = 'service-worker.js'

/**
 * Not brought in with the page: the worker itself, the page under its second name, what is written for hosts, and what is
 * large and for few: code and weights of a model that runs in the page, which are kept when they are first used.
 */
const notKept = /^(?:service-worker\.js|404\.html|_headers|.*\.(?:wasm|onnx|gguf|bin|safetensors))$/

/** In dev, where a build was served from the same address before: its worker must not answer for it. */
const goneWorker = `addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(registration.unregister()
  .then(() => clients.matchAll({ type: 'window' }))
  .then((windows) => Promise.all(windows.map((one) => one.navigate(one.url))))))
`

/** Makes the built page one that can be installed, and a worker that has the list of all its files. */
export function offline(): Plugin {
  let root = ''
  let mark = ''
  return {
    name: 'subtext:offline',
    configResolved: async (config) => {
      root = config.root
      mark = await readFile(join(root, 'public/icon.svg'), 'utf8')
    },
    configureServer: (server) =>
      void server.middlewares.use(`/${workerFile}`, (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' }).end(goneWorker)
      }),
    transformIndexHtml: {
      order: 'pre',
      handler: (_html, { server }) =>
        server
          ? []
          : [
              { tag: 'link', attrs: { rel: 'manifest', href: '%BASE_URL%manifest.webmanifest' } },
              { tag: 'link', attrs: { rel: 'apple-touch-icon', href: '%BASE_URL%icon-apple-180.png' } },
            ],
    },
    generateBundle() {
      for (const [fileName, layout] of Object.entries(icons)) {
        this.emitFile({ type: 'asset', fileName, source: drawIcon(mark, layout) })
      }
      const source = JSON.stringify(webManifest, undefined, 2)
      this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source })
    },
    writeBundle: {
      // After all that write files too.
      order: 'post',
      sequential: true,
      handler: async ({ dir = '' }) => writeWorker(root, dir),
    },
  }
}

/** Builds the worker of a built page into its folder. */
export async function writeWorker(root: string, folder: string): Promise<void> {
  await writeFile(join(folder, workerFile), await buildWorker(root, await listBuild(folder)))
}

/** Every file of a built page, in an order that is always the same; the page is its folder. */
async function listBuild(folder: string): Promise<Build> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll(sep, posix.sep),
    )
    .filter((path) => !notKept.test(path))
    .sort()
  const files = await Promise.all(
    paths.map(async (path) => {
      const hash = createHash('sha256').update(await readFile(join(folder, path)))
      return { path: path === 'index.html' ? '' : path, integrity: `sha256-${hash.digest('base64')}` }
    }),
  )
  return { id: createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16), files }
}

async function buildWorker(root: string, built: Build): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { listOfFiles: JSON.stringify(built) },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { input: join(root, 'src/app/offline/service-worker.ts'), output: { format: 'iife' } },
    },
  })
  if (!('output' in result)) throw new Error('The worker was not built')
  return result.output[0].code
}
