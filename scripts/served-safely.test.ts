import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { securityHeaders } from './content-security-policy.ts'

/** The server of `npm start`, by the project's own configuration, with a page that is quickly built. */
async function start(folder: string, environment: Readonly<Record<string, string>>): Promise<PreviewServer> {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  try {
    const configFile = join(import.meta.dirname, '../vite.config.ts')
    return await preview({ configFile, logLevel: 'silent', build: { outDir: folder }, preview: { port: 0 } })
  } finally {
    vi.unstubAllEnvs()
  }
}

function addressOf({ httpServer }: PreviewServer): AddressInfo {
  return httpServer.address() as AddressInfo
}

/** Asks in words that no browser would let a page use. */
function ask(server: PreviewServer, path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  const { port } = addressOf(server)
  return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    const asked = request({ host: 'localhost', port, path, method, headers }, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
    })
    asked.once('error', reject).end()
  })
}

describe('the server of npm start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'subtext-served-'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Subtext</title>')
  const expected = Object.entries(securityHeaders).map(([name, value]) => [name.toLowerCase(), value])
  let server: PreviewServer
  let named: PreviewServer

  beforeAll(async () => {
    server = await start(folder, { SUBTEXT_BASE_URL: 'http://127.0.0.1:1', HOST: '' })
    named = await start(folder, { HOST: '0.0.0.0', SUBTEXT_ALLOWED_HOSTS: 'play.example' })
  })

  afterAll(async () => {
    await server.close()
    await named.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('is heard on this computer alone, unless told otherwise', () => {
    expect(['127.0.0.1', '::1']).toContain(addressOf(server).address)
    expect(addressOf(named).address).toBe('0.0.0.0')
  })

  test.each(['/', '/chat/1', '/assets/gone.js', '/endpoint.json', '/v1/models'])(
    '%s has every header',
    async (path) => {
      const { headers } = await ask(server, path)
      expect(headers).toMatchObject(Object.fromEntries(expected))
    },
  )

  test('the headers say what they should', () => {
    const policy = securityHeaders['Content-Security-Policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'/)
    const hosting = readFileSync(join(import.meta.dirname, '../docs/hosting.md'), 'utf8')
    for (const name of Object.keys(securityHeaders)) expect(hosting).toContain(name)
  })

  test('a name that was led here is refused, and those that are its own are not', async () => {
    for (const path of ['/', '/endpoint.json', '/v1/models']) {
      expect((await ask(server, path, { host: 'rebound.example' })).status).toBe(403)
    }
    expect((await ask(named, '/', { host: 'play.example' })).status).toBe(200)
    expect((await ask(named, '/', { host: 'rebound.example' })).status).toBe(403)
    expect((await ask(named, '/', { host: '192.168.0.5' })).status).toBe(200)
  })

  test('no page elsewhere may ask the endpoint, or read anything here', async () => {
    for (const origin of ['https://elsewhere.example', 'http://localhost:1', 'null']) {
      expect((await ask(server, '/v1/chat/completions', { origin }, 'POST')).status).toBe(403)
      const { headers } = await ask(server, '/endpoint.json', { origin })
      expect(headers).not.toHaveProperty('access-control-allow-origin')
      const before = await ask(server, '/v1/models', { origin, 'access-control-request-method': 'POST' }, 'OPTIONS')
      expect(before.headers).not.toHaveProperty('access-control-allow-origin')
    }
    expect((await ask(server, '/v1/models', { 'sec-fetch-site': 'same-site' })).status).toBe(403)
    const own = `http://localhost:${addressOf(server).port}`
    // As far as the endpoint, which is not there.
    expect((await ask(server, '/v1/models', { origin: own })).status).toBe(502)
  })
})
