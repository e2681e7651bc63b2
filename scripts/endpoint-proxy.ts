import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import type { Connect, Plugin, ProxyOptions } from 'vite'

interface Endpoint {
  /** With its version (`/v1`), without a trailing slash. */
  readonly baseUrl: URL
  readonly key: string | undefined
  readonly model: string | undefined
}

/** The endpoint named in the environment of the server: SUBTEXT_BASE_URL, SUBTEXT_API_KEY, SUBTEXT_MODEL. */
export function endpointFromEnvironment(environment: NodeJS.ProcessEnv): Endpoint | undefined {
  const address = environment['SUBTEXT_BASE_URL']?.replace(/\/+$/, '')
  if (!address) return undefined
  if (!URL.canParse(address)) throw new Error(`SUBTEXT_BASE_URL is not an address: ${address}`)
  const baseUrl = new URL(/\/v\d+$/.test(address) ? address : `${address}/v1`)
  return { baseUrl, key: environment['SUBTEXT_API_KEY'], model: environment['SUBTEXT_MODEL'] }
}

/** What the page tells of itself, and what would let the endpoint compress (and so hold back) a stream. */
const unsent = ['cookie', 'origin', 'referer', 'authorization', 'accept-encoding']

/**
 * What of an answer the page hears. Anything else would be said in the page's own name, since it comes from its origin:
 * `Clear-Site-Data` empties its disk, `Set-Cookie` and `Refresh` do what they say, `Link` has things fetched.
 */
const returned = [
  'content-type',
  'content-length',
  'content-encoding',
  'cache-control',
  'retry-after',
  'retry-after-ms',
]

/** Should an answer ever be looked at as a page, it is one that runs nothing and belongs to no origin. */
const harmless = { 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff' }

/** In bytes. Nobody reads more of a refusal. */
const longestRefusal = 64 * 1024

/** Forwards `/v1/*` to the endpoint with its key, which never reaches the browser. */
export function proxyTo(endpoint: Endpoint | undefined): Record<string, ProxyOptions> {
  if (!endpoint) return {}
  return {
    '^/v1/': {
      target: endpoint.baseUrl.origin,
      changeOrigin: true,
      selfHandleResponse: true,
      rewrite: (path) => path.replace(/^\/v1/, endpoint.baseUrl.pathname),
      configure: (proxy) => {
        proxy.on('proxyReq', (request) => {
          for (const header of unsent) request.removeHeader(header)
          if (endpoint.key) request.setHeader('authorization', `Bearer ${endpoint.key}`)
        })
        proxy.on('proxyRes', (answer, _request, response) => void handOn(answer, response, endpoint.key))
        proxy.on('error', (error, _request, response) => {
          if (!('writeHead' in response) || response.headersSent) return
          response.writeHead(502, { 'content-type': 'application/json' })
          response.end(
            JSON.stringify({ error: { message: `The endpoint of this server can't be reached: ${error.message}` } }),
          )
        })
      },
    },
  }
}

/**
 * Hands an answer on as it comes: either side's end is the other's, so that Stop frees the endpoint and a reply that
 * breaks off is seen to. Refusals are read whole first, since some repeat the key they refuse.
 */
async function handOn(answer: IncomingMessage, response: ServerResponse, key: string | undefined): Promise<void> {
  const { statusCode = 502 } = answer
  const known = Object.entries(answer.headers).filter(([name]) => returned.includes(name))
  const headers: IncomingMessage['headers'] = { ...Object.fromEntries(known), ...harmless }
  if (statusCode >= 300 && statusCode < 400) {
    answer.destroy()
    response.writeHead(502, { ...harmless, 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message: 'The endpoint of this server sends requests elsewhere.' } }))
    return
  }
  if (statusCode < 400) {
    response.writeHead(statusCode, headers)
    response.flushHeaders()
    pipeline(answer, response, () => undefined)
    return
  }
  const text = await readRefusal(answer)
  const { 'content-length': _length, ...others } = headers
  response.writeHead(statusCode, others).end(key ? text.replaceAll(key, '…') : text)
}

/** A refusal. One that is longer than any is given without its words: cut, it could end in half a key. */
async function readRefusal(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let length = 0
  try {
    for await (const piece of answer) {
      pieces.push(piece as Buffer)
      length += (piece as Buffer).length
      if (length > longestRefusal) return ''
    }
  } catch {
    // It broke off: what came says something still.
  }
  return String(Buffer.concat(pieces))
}

/**
 * Tells the page which model the server forwards to (`/endpoint.json`), and turns away whoever is not the page: a
 * site elsewhere must not spend the key by posting to localhost.
 */
export function endpointProxy(endpoint: Endpoint | undefined): Plugin {
  const guard: Connect.NextHandleFunction = (request, response, next) => {
    const path = request.url?.split('?')[0] ?? ''
    if (path === '/endpoint.json') return answer(response, 200, endpoint ? { model: endpoint.model } : null)
    if (!path.startsWith('/v1/')) return next()
    if (!endpoint) return answer(response, 404, { error: { message: 'This server forwards to no endpoint.' } })
    if (!isOwnPage(request)) return answer(response, 403, { error: { message: 'Only the page itself may ask here.' } })
    next()
  }
  return {
    name: 'subtext:endpoint-proxy',
    configureServer: (server) => void server.middlewares.use(guard),
    configurePreviewServer: (server) => void server.middlewares.use(guard),
  }
}

function isOwnPage({ headers }: IncomingMessage): boolean {
  // A page, a frame, a picture or a worker made of what the endpoint says would be one of this origin.
  const { 'sec-fetch-dest': destination = 'empty' } = headers
  if (destination !== 'empty') return false
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin, host } = headers
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
