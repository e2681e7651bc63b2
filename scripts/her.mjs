// `npm run her -- <command> …`: what the page's Lab does, without a screen. The same code, read as it is.
import { argv, exit } from 'node:process'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

// It listens to nothing; it stays open, since the code of a command comes when that is called.
const server = await createServer({
  root: fileURLToPath(new URL('..', import.meta.url)),
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
})
const { her } = await server.ssrLoadModule('/src/cli/her.ts')
const code = await her(argv.slice(2))
await server.close()
exit(code)
