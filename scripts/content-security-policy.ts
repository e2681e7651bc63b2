import type { Plugin } from 'vite'
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

/** Headers for whatever serves the built page. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
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
