// `npm run her -- <command> …`: what the page's Lab does, without a screen. The same code, read as it is.
import { argv, exit } from 'node:process'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const { module } = await runnerImport(fileURLToPath(new URL('../src/cli/her.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
})
exit(await module.her(argv.slice(2)))
