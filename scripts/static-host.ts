import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/**
 * Hosts that serve files alone answer an address inside the app with their page for what is not found: so it is the app.
 */
export function staticHost(): Plugin {
  return {
    name: 'subtext:static-host',
    apply: 'build',
    writeBundle: async ({ dir = '' }) => copyFile(join(dir, 'index.html'), join(dir, '404.html')),
  }
}
