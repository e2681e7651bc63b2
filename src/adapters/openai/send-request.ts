import { OpenAI } from 'openai'
import { ModelFailure } from '#ports/model.ts'
import { bodyBlob } from './body-ahead.ts'
import { readBeginning } from './bounded-text.ts'
import type { WireRequest } from './build-request.ts'
import { isRedirect } from './is-redirect.ts'
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

/** In bytes. Of what a server says when it refuses, nobody reads more. */
const longestRefusal = 64 * 1024

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
  let refusal: { readonly status: number; readonly headers: Headers; readonly text: string } | undefined
  let isElsewhere = false
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
    // Neither the key nor the story follows a server that sends the request elsewhere.
    fetchOptions: { credentials: 'omit', redirect: 'manual', referrerPolicy: 'no-referrer' },
    fetch: async (input, init) => {
      await ready
      const response = await fetch(input, init)
      isElsewhere = isRedirect(response)
      if (response.ok || isElsewhere) return response
      // Of an error body the client keeps only what is under `error`; several servers put it elsewhere. And it would
      // read all of one that has no end.
      const { status, headers } = response
      refusal = { status, headers, text: await readBeginning(response, longestRefusal).catch(() => '') }
      return new Response(refusal.text, { status, headers: { 'content-type': 'text/plain' } })
    },
  })
  // As a blob the text goes to the browser's own process before the request leaves: a string of 100 kB that is sent at
  // once holds up the page, and the request, for about 10 ms.
  const options = { signal, body: bodyBlob(request.body), headers: { 'content-type': 'application/json' } }
  try {
    const call =
      request.path === 'chat'
        ? client.chat.completions.create(request.body, options)
        : client.completions.create(request.body, options)
    return await call.asResponse()
  } catch (error) {
    if (isElsewhere) throw new ModelFailure({ kind: 'redirected', baseUrl: asked.baseUrl })
    if (!refusal) throw new NoAnswer(error)
    throw new ModelFailure(failureOfResponse(refusal, asked, now()))
  }
}
