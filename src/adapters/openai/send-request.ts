import { OpenAI } from 'openai'
import { ModelFailure } from '#ports/model.ts'
import { toBlob } from './body-ahead.ts'
import type { WireRequest } from './build-request.ts'
import { type Asked, failureOfResponse } from './response-failure.ts'

/** The fetch that is used; the built-in model brings one of its own. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

interface Sending {
  readonly asked: Asked
  readonly fetch: Fetch
  readonly now: () => number
  readonly signal: AbortSignal
  /** The request leaves when this has resolved: until then it is written and made ready. */
  readonly ready?: Promise<unknown> | undefined
}

/** The server could not be reached, or its answer not be read: a browser says no more than that. */
export class NoAnswer extends Error {
  constructor(cause: unknown) {
    super('no answer', { cause })
    this.name = 'NoAnswer'
  }
}

/** The longest timer there is, in milliseconds: a request may be queued, or a model load, for as long as it takes. */
const noTimeout = 2 ** 31 - 1

/**
 * The client tells about itself in headers that a strict CORS preflight refuses. Without them a request needs leave
 * for no more than `content-type`, and `authorization` when there is a key.
 */
const silentHeaders = Object.fromEntries(
  [
    ...['lang', 'package-version', 'os', 'arch', 'runtime', 'runtime-version', 'retry-count', 'timeout', 'async'].map(
      (name) => `x-stainless-${name}`,
    ),
    'x-stainless-helper-method',
    'user-agent',
  ].map((name) => [name, null]),
)

/**
 * Sends a request and gives the answer with its body unread. Throws a `ModelFailure` when the server refused it,
 * `NoAnswer` when there was none, and whatever it likes when the signal was aborted.
 */
export async function sendRequest(
  request: WireRequest,
  { asked, fetch, now, signal, ready }: Sending,
): Promise<Response> {
  const refusals: Response[] = []
  const client = new OpenAI({
    baseURL: asked.baseUrl,
    // It refuses to start without a key, so it gets a dummy whose header is taken off again.
    apiKey: asked.key || 'none',
    organization: null,
    project: null,
    dangerouslyAllowBrowser: true,
    maxRetries: 0,
    timeout: noTimeout,
    logLevel: 'off',
    defaultHeaders: asked.key ? silentHeaders : { ...silentHeaders, authorization: null },
    fetchOptions: { credentials: 'omit' },
    fetch: async (input, init) => {
      const response = await (ready ? fetchWhen(ready, fetch, input, init) : fetch(input, init))
      // Of an error body the client keeps only what is under `error`; several servers put it elsewhere.
      if (!response.ok) refusals.push(response.clone())
      return response
    },
  })
  try {
    const call =
      request.path === 'chat'
        ? client.chat.completions.create(request.body, { signal })
        : client.completions.create(request.body, { signal })
    return await call.asResponse()
  } catch (error) {
    const refused = refusals.at(-1)
    if (!refused) throw new NoAnswer(error)
    const { status, headers } = refused
    const text = await refused.text().catch(() => '')
    throw new ModelFailure(failureOfResponse({ status, headers, text }, asked, now()))
  }
}

/**
 * Sends a request when `ready` has resolved. Until then its body goes to the browser's own process as a blob: a string
 * of 100 kB that is sent at once holds up the page, and the request, for about 10 ms.
 */
async function fetchWhen(ready: Promise<unknown>, fetch: Fetch, input: string | URL | Request, init?: RequestInit) {
  const body = typeof init?.body === 'string' ? toBlob(init.body) : init?.body
  await ready
  return fetch(input, { ...init, ...(body && { body }) })
}
