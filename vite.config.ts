import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { findBrowser } from './scripts/browser.ts'
import { contentSecurityPolicy, headersFile, sendSecurityHeaders } from './scripts/content-security-policy.ts'
import { endpointFromEnvironment, endpointProxy, proxyTo } from './scripts/endpoint-proxy.ts'
import { createChunkNames } from './scripts/first-load-chunks.ts'
import { leanOpenAi } from './scripts/lean-openai.ts'
import { offline } from './scripts/offline.ts'
import { plainMarkdown } from './scripts/plain-markdown.ts'
import { staticHost } from './scripts/static-host.ts'
import { wllamaParts } from './scripts/wllama-parts.ts'
import { words } from './scripts/words.ts'

const browser = findBrowser()
const endpoint = endpointFromEnvironment(process.env)
const port = Number(process.env['PORT'] ?? 4173)
/** This computer alone, unless one says otherwise. */
const host = process.env['HOST'] || 'localhost'
/** Names of this server besides localhost and its addresses. Any other is a site that had its own name led here. */
const allowedHosts = process.env['SUBTEXT_ALLOWED_HOSTS']?.split(',').filter(Boolean) ?? []

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    words(),
    leanOpenAi(),
    plainMarkdown(),
    wllamaParts(),
    contentSecurityPolicy(),
    sendSecurityHeaders(),
    headersFile(),
    endpointProxy(endpoint),
    staticHost(),
    offline(),
  ],
  // Its parts are files that stay as they are.
  optimizeDeps: { exclude: ['@wllama/wllama'] },
  server: { port, proxy: proxyTo(endpoint) },
  // No other page, not even of this computer, reads what is served here.
  preview: { port, strictPort: true, host, allowedHosts, cors: false, proxy: proxyTo(endpoint) },
  build: {
    target: 'es2022',
    sourcemap: false,
    // What counts is the size that travels (`npm run size`); the app's own chunk is one on purpose.
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: createChunkNames(import.meta.dirname), debugName: 'first load' }] } },
    },
  },
  worker: { format: 'es', plugins: () => [words(), wllamaParts()] },
  test: {
    // Properties over large texts: on a machine that is shared they take several times as long as on a desk.
    testTimeout: 30_000,
    // One fewer than there are cores unless said otherwise: on two that is one.
    maxWorkers: '100%',
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          // Tests of pure code leave nothing behind: what they import is read once for all of them.
          isolate: false,
          include: ['{src,e2e,characters,scripts}/**/*.test.ts'],
        },
      },
      ...(browser.found
        ? [
            {
              extends: true as const,
              // Met only while tests run: found then, they would have the page reloaded in the middle of one.
              optimizeDeps: { include: ['@tanstack/react-virtual', 'tinykeys', 'wouter/use-browser-location'] },
              test: {
                name: 'browser',
                include: ['src/**/*.test.tsx'],
                browser: {
                  enabled: true,
                  headless: true,
                  screenshotFailures: false,
                  provider: playwright({ launchOptions: browser.launchOptions }),
                  instances: [{ browser: 'chromium' as const }],
                },
              },
            },
          ]
        : []),
    ],
  },
})
