import type { Connect, Plugin } from 'vite'
import { pageStyleHash } from '../src/core/story/page-style.ts'

/**
 * What the page may do: run its own scripts and styles, show its own pictures, and talk to the endpoint the reader
 * chose, wherever that is. `connect-src http: https:` is the price of a user-set endpoint. The one sheet with a hash is
 * that of exported chats: a book opened for print is a blob of this page, and under its policy.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  `style-src 'self' 'sha256-${pageStyleHash}'`,
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "manifest-src 'self'",
  "worker-src 'self'",
  "connect-src 'self' http: https:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** What the page has no use for, and no code in it shall have either. */
const unused = ['camera', 'display-capture', 'geolocation', 'hid', 'microphone', 'midi', 'payment', 'serial', 'usb']

/** Headers for whatever serves the built page. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': unused.map((feature) => `${feature}=()`).join(', '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Sends them with every answer of the page's own server: files, refusals, and what an endpoint says. */
export function sendSecurityHeaders(): Plugin {
  const send: Connect.NextHandleFunction = (_request, response, next) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    next()
  }
  return {
    name: 'subtext:security-headers',
    // Before the others' own answers.
    enforce: 'pre',
    configurePreviewServer: (server) => void server.middlewares.use(send),
  }
}

/** Writes them down for the hosts of files that read them from a file beside the page (Netlify, Cloudflare). */
export function headersFile(): Plugin {
  const rules: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    '/*': securityHeaders,
    '/assets/*': { 'Cache-Control': 'public, max-age=31536000, immutable' },
    '/service-worker.js': { 'Cache-Control': 'no-cache' },
  }
  const source = Object.entries(rules).map(([path, headers]) =>
    [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`), ''].join('\n'),
  )
  return {
    name: 'subtext:headers-file',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: source.join('\n') })
    },
  }
}

/** Writes the policy into the built page too, for hosts that send no headers. Not in dev, which injects styles. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'subtext:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
    ],
  }
}
