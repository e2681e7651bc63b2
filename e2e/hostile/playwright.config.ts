import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import journeys from '../../playwright.config.ts'

env['HOSTILE'] = 'all'

const { webServer } = journeys

/** The whole of what `npm test` takes a sample of: every vector, on every screen. */
export default defineConfig({
  ...journeys,
  testDir: '.',
  outputDir: '../../test-results/hostile',
  workers: 1,
  retries: 0,
  ...(webServer && { webServer: { ...webServer, cwd: fileURLToPath(new URL('../..', import.meta.url)) } }),
})
