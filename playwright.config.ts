import { defineConfig, devices } from '@playwright/test'
import { findBrowser } from './scripts/browser.ts'

const browser = findBrowser()
if (!browser.found) throw new Error('No Chromium found: `npm test` installs one, or set CHROMIUM_PATH.')

const port = Number(process.env['E2E_PORT'] ?? 4273)

/** Journeys through the built page in a real browser, against real servers. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  retries: process.env['CI'] ? 2 : 0,
  // Generous: two cores that are shared with others can be ten times slower than a desk. What is waited for comes.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1280, height: 800 },
    baseURL: `http://localhost:${port}`,
    // Journeys that are not about it have no worker that brings the whole app in meanwhile.
    serviceWorkers: 'block',
    // What does not come within it does not come: one that waits for the whole test's time costs all the others.
    actionTimeout: 30_000,
    trace: 'on-first-retry',
    launchOptions: browser.launchOptions,
  },
  webServer: {
    command: `${process.env['E2E_BUILT'] ? '' : 'npx vite build --logLevel warn && '}npx vite preview --port ${port}`,
    url: `http://localhost:${port}/`,
    env: { PORT: String(port), NODE_ENV: 'production' },
    reuseExistingServer: !process.env['CI'],
    timeout: 120_000,
  },
})
