import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { findBrowser } from './scripts/browser.ts'
import { contentSecurityPolicy, securityHeaders } from './scripts/content-security-policy.ts'
import { endpointFromEnvironment, endpointProxy, proxyTo } from './scripts/endpoint-proxy.ts'
import { createChunkNames } from './scripts/first-load-chunks.ts'
import { leanOpenAi } from './scripts/lean-openai.ts'
import { staticHost } from './scripts/static-host.ts'
import { wllamaParts } from './scripts/wllama-parts.ts'

const browser = findBrowser()
const endpoint = endpointFromEnvironment(process.env)
const port = Number(process.env['PORT'] ?? 4173)

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    leanOpenAi(),
    wllamaParts(),
    contentSecurityPolicy(),
    endpointProxy(endpoint),
    staticHost(),
  ],
  // Its parts are files that stay as they are.
  optimizeDeps: { exclude: ['@wllama/wllama'] },
  server: { port, proxy: proxyTo(endpoint) },
  preview: { port, strictPort: true, headers: { ...securityHeaders }, proxy: proxyTo(endpoint) },
  build: {
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: createChunkNames(import.meta.dirname), debugName: 'first load' }] } },
    },
  },
  worker: { format: 'es', plugins: () => [wllamaParts()] },
  test: {
    // Properties over large texts: on a machine that is shared they take several times as long as on a desk.
    testTimeout: 30_000,
    // One fewer than there are cores unless said otherwise: on two that is one.
    maxWorkers: '100%',
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'unit', environment: 'node', include: ['{src,e2e,characters,scripts}/**/*.test.ts'] },
      },
      ...(browser.found
        ? [
            {
              extends: true as const,
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
