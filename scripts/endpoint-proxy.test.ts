import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'vite'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ModelServer, startModelServer } from '../e2e/model-server/model-server.ts'
import { endpointFromEnvironment, endpointProxy, proxyTo } from './endpoint-proxy.ts'

describe('endpointFromEnvironment', () => {
  test.each([
    ['http://10.0.0.5:8000', 'http://10.0.0.5:8000/v1'],
    ['http://10.0.0.5:8000/', 'http://10.0.0.5:8000/v1'],
    ['http://10.0.0.5:8000/v1/', 'http://10.0.0.5:8000/v1'],
    ['https://host/api/v4', 'https://host/api/v4'],
    ['https://host/openai', 'https://host/openai/v1'],
  ])('%s is %s', (address, expected) => {
    expect(endpointFromEnvironment({ SUBTEXT_BASE_URL: address })?.baseUrl.href).toBe(expected)
  })

  test('reads key and model, and is absent without an address', () => {
    const environment = { SUBTEXT_BASE_URL: 'http://host', SUBTEXT_API_KEY: 'sk-1', SUBTEXT_MODEL: 'her' }
    expect(endpointFromEnvironment(environment)).toMatchObject({ key: 'sk-1', model: 'her' })
    expect(endpointFromEnvironment({ SUBTEXT_API_KEY: 'sk-1' })).toBeUndefined()
    expect(endpointFromEnvironment({ SUBTEXT_BASE_URL: '' })).toBeUndefined()
  })

  test('says what is no address', () => {
    expect(() => endpointFromEnvironment({ SUBTEXT_BASE_URL: 'my computer' })).toThrow('my computer')
  })
})

interface Asking {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Asks in words a browser's or Node's own fetch would not let through: any Host, any Origin. */
function ask(url: string, { method = 'GET', headers = {}, body }: Asking = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const asked = request(url, { method, headers }, async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
    })
    asked.once('error', reject).end(body)
  })
}

describe('the server of the page', () => {
  const key = 'sk-never-in-a-browser'
  let endpoint: ModelServer
  let url = ''
  const closing: (() => unknown)[] = []

  async function startPage(baseUrl: string | undefined) {
    const named = endpointFromEnvironment(
      baseUrl === undefined ? {} : { SUBTEXT_BASE_URL: baseUrl, SUBTEXT_API_KEY: key, SUBTEXT_MODEL: 'her' },
    )
    const root = mkdtempSync(join(tmpdir(), 'subtext-proxy-'))
    const server = await createServer({
      root,
      configFile: false,
      logLevel: 'silent',
      optimizeDeps: { noDiscovery: true },
      plugins: [endpointProxy(named)],
      server: { host: '127.0.0.1', port: 0, watch: null, hmr: false, proxy: proxyTo(named) },
    })
    await server.listen(0)
    closing.push(
      () => server.close(),
      () => rmSync(root, { recursive: true, force: true }),
    )
    const address = server.httpServer?.address() as AddressInfo
    return `http://127.0.0.1:${address.port}`
  }

  beforeAll(async () => {
    endpoint = await startModelServer({ kind: 'llamacpp', key })
    url = await startPage(`${endpoint.url}/llamacpp`)
  })
  beforeEach(() => endpoint.forget())
  afterAll(async () => {
    for (const close of closing) await close()
    await endpoint.close()
  })

  const body = JSON.stringify({ model: 'her', messages: [{ role: 'user', content: 'Hello?' }], stream: true })
  const posting = (headers: Readonly<Record<string, string>> = {}) =>
    ask(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })

  test('tells which model it forwards to, and not the key', async () => {
    const { text, headers } = await ask(`${url}/endpoint.json`)
    expect(JSON.parse(text)).toEqual({ model: 'her' })
    expect(headers['cache-control']).toBe('no-store')
  })

  test('forwards with its own key, and with nothing that tells of the page', async () => {
    const host = new URL(url).host
    const { status, text } = await posting({
      origin: `http://${host}`,
      referer: `http://${host}/chat/1`,
      cookie: 'a=b',
      authorization: 'Bearer of-the-page',
      'sec-fetch-site': 'same-origin',
    })
    expect(status).toBe(200)
    expect(text).toContain('data: [DONE]')
    const [forwarded] = endpoint.requests
    expect(forwarded?.path).toBe('/llamacpp/v1/chat/completions')
    expect(forwarded?.headers).toMatchObject({ authorization: `Bearer ${key}`, host: new URL(endpoint.url).host })
    for (const name of ['cookie', 'origin', 'referer']) expect(forwarded?.headers).not.toHaveProperty(name)
  })

  test.each([
    ['another site', { origin: 'https://elsewhere.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a site that hides its origin', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['a name that was pointed here', { host: 'rebound.example', origin: 'http://rebound.example' }],
  ])('%s is turned away', async (_who, headers) => {
    const refused = await posting(headers)
    expect(refused.status).toBe(403)
    expect(endpoint.requests).toEqual([])
  })

  test('hands on a refusal without the key that is in it', async () => {
    endpoint.next({
      status: 400,
      contentType: 'application/json',
      body: JSON.stringify({ error: { message: `Bad request with Authorization: Bearer ${key}` } }),
    })
    const { status, text } = await posting()
    expect(status).toBe(400)
    expect(text).toContain('Bad request')
    expect(text).not.toContain(key)
  })

  test.each(['document', 'iframe', 'script', 'worker', 'serviceworker', 'image', 'style', 'object', 'embed'])(
    'what the endpoint says is never had as a %s of the page’s own origin',
    async (destination) => {
      endpoint.next({ contentType: 'text/html', body: '<script>steal()</script>' })
      const refused = await posting({ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': destination })
      expect(refused.status).toBe(403)
      expect(endpoint.requests).toEqual([])
    },
  )

  test('hands on no header that would be an order to the browser', async () => {
    endpoint.next({
      contentType: 'text/html',
      body: '<script>steal()</script>',
      headers: {
        'clear-site-data': '"*"',
        'set-cookie': 'a=b',
        refresh: '0;url=https://elsewhere.example',
        link: '<https://elsewhere.example>; rel=preload; as=fetch',
        'service-worker-allowed': '/',
        'www-authenticate': 'Basic realm="your password"',
        'content-security-policy': "script-src 'unsafe-inline'",
        'access-control-allow-origin': '*',
      },
    })
    const { status, headers } = await posting()
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    const orders = ['clear-site-data', 'set-cookie', 'refresh', 'link', 'service-worker-allowed', 'www-authenticate']
    for (const name of orders) expect(headers).not.toHaveProperty(name)
  })

  test.each([301, 307, 308])('an endpoint that sends elsewhere with %i is not followed', async (redirect) => {
    endpoint.next({ status: redirect, body: '', headers: { location: 'https://elsewhere.example/' } })
    const { status, headers, text } = await posting()
    expect(status).toBe(502)
    expect(headers).not.toHaveProperty('location')
    expect(text).toContain('elsewhere')
  })

  test('of a refusal without an end nothing is kept', async () => {
    endpoint.next({ status: 400, contentType: 'text/plain', body: `${key} `.repeat(100_000) })
    const { status, text } = await posting()
    expect(status).toBe(400)
    expect(text).toBe('')
  })

  test('a reply arrives while it is still being sent, and what breaks off breaks off here too', async () => {
    endpoint.next({ fault: 'drop', at: 3000, rate: 100, tokens: 400 })
    const { status, body: stream } = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(status).toBe(200)
    const reader = stream?.getReader()
    const first = await reader?.read()
    expect(first?.value?.byteLength).toBeLessThan(1000)
    const rest = async () => {
      while (!(await reader?.read())?.done);
    }
    await expect(rest()).rejects.toThrow()
  })

  test('whoever leaves a reply frees the endpoint', async () => {
    endpoint.next({ rate: 20, tokens: 2000 })
    const aborter = new AbortController()
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: aborter.signal,
    })
    await response.body?.getReader().read()
    aborter.abort()
    await expect.poll(() => endpoint.requests[0]?.aborted).toBe(true)
  })

  test('says when the endpoint is not there, and when there is none', async () => {
    const gone = await startModelServer()
    await gone.close()
    const before = await ask(`${await startPage(gone.url)}/v1/models`)
    expect(before.status).toBe(502)
    expect(before.text).toContain('The endpoint of this server can')
    const alone = await startPage(undefined)
    expect((await ask(`${alone}/endpoint.json`)).text).toBe('null')
    expect((await ask(`${alone}/v1/models`)).status).toBe(404)
  })
})
