import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import journeys from '../../playwright.config.ts'

const { webServer } = journeys

/** What goes wrong at random, hundreds of times: too long for `npm test`, which has a sample of each. */
export default defineConfig({
  ...journeys,
  testDir: '.',
  testMatch: '**/*.chaos.ts',
  outputDir: '../../test-results/chaos',
  workers: 1,
  retries: 0,
  timeout: 0,
  // Without it what does not come is waited for as long as the whole may take.
  use: { ...journeys.use, actionTimeout: 30_000, navigationTimeout: 60_000 },
  ...(webServer && { webServer: { ...webServer, cwd: fileURLToPath(new URL('../..', import.meta.url)) } }),
})
