import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Behaviour, readBehaviour } from './behaviour.ts'
import { createBodyWriter } from './body-writer.ts'
import { countAnswer } from './count-tokens.ts'
import { readChatMl } from './read-chatml.ts'
import { type RecordedAnswer, recordAnswer } from './record-answer.ts'
import { refusal } from './refusal.ts'
import { type ChatMessage, generateReply } from './reply.ts'
import { sendReply } from './send-reply.ts'
import {
  type ChatBody,
  corsHeaders,
  hidesUnauthorized,
  type ImitatedKind,
  imitatedKinds,
  modelList,
  nativeAnswer,
  overflowError,
  type PrefillOutcome,
  prefillOutcome,
  strictRefusal,
} from './server-kinds.ts'

export interface ModelServerOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** Which server is imitated at `/`; every kind also answers under its own name, at `/ollama/v1` and so on. */
  readonly kind?: ImitatedKind
  /** Asked for at every path under `/v1`. */
  readonly key?: string
  /** In tokens of four characters. */
  readonly context?: number
}

/** A request as it came. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly text: string
  /** The parsed body; undefined when it is no JSON. */
  readonly body: (ChatBody & Record<string, unknown>) | undefined
  /** The client went away before the answer was over. */
  aborted: boolean
  /** What of a reply was given to the socket, and when (unix milliseconds), oldest first. */
  readonly sent: { readonly at: number; readonly text: string }[]
  readonly answer: RecordedAnswer
}

export interface ModelServer {
  /** `http://127.0.0.1:<port>`, without `/v1`. */
  readonly url: string
  readonly port: number
  /** Every request but those to `/control`, oldest first. */
  readonly requests: RecordedRequest[]
  /** The bodies of the generations that were asked for, oldest first. */
  readonly generations: () => readonly RecordedRequest[]
  /** Says how the next generation behaves, over what its model id says. Calls queue up. */
  readonly next: (...behaviours: readonly Behaviour[]) => void
  /** Forgets what was asked and what is queued. */
  readonly forget: () => void
  readonly close: () => Promise<void>
}

/**
 * Starts a model server on a real port: it lists models, streams made-up HER replies, and misbehaves on demand. The
 * behaviour of a request is read from its model id (`fault:drop;at=300`), and overruled by what `next`, or a POST of
 * `{"next": [...]}` to `/control`, has queued. GET `/control` gives what was asked so far.
 */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const { port = 0, kind: defaultKind = 'vllm', key, context = 32_768 } = options
  const requests: RecordedRequest[] = []
  const script: Behaviour[] = []
  /** Generations that are not over, by model. */
  const underWay = new Map<string, number>()

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await readAll(incoming)
    const fullPath = new URL(incoming.url ?? '/', 'http://localhost').pathname
    if (fullPath === '/control') return control(response, incoming.method, text, requests, script)
    const kind = imitatedKinds.find((candidate) => fullPath.startsWith(`/${candidate}/`)) ?? defaultKind
    const path = fullPath.startsWith(`/${kind}/`) ? fullPath.slice(kind.length + 1) : fullPath
    const body = parseBody(text)
    const method = incoming.method ?? 'GET'
    const { headers } = incoming
    const recorded = recordAnswer(response)
    const request: RecordedRequest = {
      ...{ method, path: fullPath, headers, text, body },
      aborted: false,
      sent: [],
      answer: recorded,
    }
    requests.push(request)
    const controller = new AbortController()
    response.on('close', () => {
      request.aborted = !response.writableEnded
      controller.abort()
    })
    const cors = corsHeaders(kind, incoming.headers.origin)
    const send = (status: number, value: unknown, headers: Record<string, string> = cors) => {
      response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(value))
    }

    if (method === 'OPTIONS') {
      // The preflight can't name a model, so one whose answer hides its CORS headers is only seen in the script.
      const isHidden = script[0]?.fault === 'nocors'
      response.writeHead(Object.keys(cors).length > 0 ? 200 : 403, isHidden ? {} : cors).end()
      return
    }
    if (key !== undefined && path.startsWith('/v1/') && incoming.headers.authorization !== `Bearer ${key}`) {
      if (hidesUnauthorized(kind)) return send(401, { error: 'Unauthorized' }, {})
      return send(401, { error: { message: 'Invalid API Key', type: 'authentication_error', code: 401 } })
    }
    if (method === 'GET') {
      if (path === '/v1/models') return send(200, modelList(kind, context))
      const native = nativeAnswer(kind, path, context)
      return native === undefined ? send(404, { detail: 'Not Found' }) : send(200, native)
    }
    const counted = body && countAnswer(kind, path, body)
    if (counted) return send(200, counted)
    const isChat = path === '/v1/chat/completions'
    if (!isChat && path !== '/v1/completions') return send(404, { detail: 'Not Found' })
    if (!body) return send(kind === 'llamacpp' ? 500 : 400, { error: { message: 'The body is no JSON.', code: 400 } })
    const onSent = (piece: string) => request.sent.push({ at: Date.now(), text: piece })
    await generate({ kind, body, isChat, cors, context, response, onSent, signal: controller.signal })
  }

  const generate = async (work: Generation): Promise<void> => {
    const { kind, body, isChat, cors, response, onSent, signal } = work
    const model = body.model ?? ''
    const named = readBehaviour(model)
    const scripted = script.shift()
    // llama.cpp serves the one model it has, whatever it is called.
    if (!named && !scripted && kind !== 'llamacpp') return sendRefusal(response, cors, '404', model, {})
    const behaviour: Behaviour = { ...named, ...scripted }
    const { queue = 0, most = Number.POSITIVE_INFINITY } = behaviour
    const isFull = (underWay.get(model) ?? 0) >= most
    const fault = isFull ? '429' : behaviour.fault
    if (!isFull) {
      underWay.set(model, (underWay.get(model) ?? 0) + 1)
      response.on('close', () => underWay.set(model, (underWay.get(model) ?? 1) - 1))
    }
    if (queue > 0 && !isFull) await sleep(queue, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    const headers = fault === 'nocors' ? {} : cors
    if (fault === 'hangup') return void response.destroy()
    if (behaviour.body !== undefined) return sendRecording(response, headers, behaviour, signal)

    const { messages, prefill, outcome } = readPrompt(work, behaviour)
    const promptTokens = Math.ceil(messages.map(({ content }) => content).join('').length / 4)
    const strict = strictRefusal(kind, body, isChat)
    if (strict !== undefined) return sendJson(response, headers, 400, { error: { message: strict, code: null } })
    if (typeof outcome === 'object') {
      return sendJson(response, headers, 400, { error: { message: outcome.refused, type: 'invalid_request_error' } })
    }
    if (fault === 'overflow' || (promptTokens > work.context && kind !== 'ollama')) {
      return sendJson(response, headers, 400, overflowError(kind, promptTokens, work.context))
    }
    if (fault && refusal(fault, model)) return sendRefusal(response, headers, fault, model, behaviour)

    const goesOn = outcome !== 'restart'
    const reply = generateReply(messages, goesOn ? prefill : '', behaviour)
    const echo = outcome === 'echo' ? prefill : ''
    await sendReply(response, headers, { reply, echo, body, promptTokens, isChat, onSent }, behaviour, signal)
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      // A bug of this server must be seen by the test that met it, and not pass for one of its faults.
      console.error(error)
      response.destroy()
    })
  })
  server.requestTimeout = 0
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    requests,
    generations: () => requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/completions')),
    next: (...behaviours) => void script.push(...behaviours),
    forget: () => {
      requests.length = 0
      script.length = 0
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Generation {
  readonly kind: ImitatedKind
  readonly body: ChatBody
  readonly isChat: boolean
  readonly cors: Record<string, string>
  readonly context: number
  readonly response: ServerResponse
  readonly onSent: (text: string) => void
  readonly signal: AbortSignal
}

function readPrompt(
  { kind, body, isChat }: Generation,
  { prefill: wanted }: Behaviour,
): { readonly messages: readonly ChatMessage[]; readonly prefill: string; readonly outcome: PrefillOutcome } {
  if (!isChat) return { ...readChatMl(body.prompt ?? ''), outcome: 'continue' }
  const messages = body.messages ?? []
  const last = messages.at(-1)
  if (last?.role !== 'assistant') return { messages, prefill: '', outcome: 'restart' }
  const outcome = wanted === 'refuse' ? { refused: 'The last message must be from the user.' } : wanted
  return { messages: messages.slice(0, -1), prefill: last.content, outcome: outcome ?? prefillOutcome(kind, body) }
}

function control(
  response: ServerResponse,
  method: string | undefined,
  text: string,
  requests: RecordedRequest[],
  script: Behaviour[],
): void {
  if (method === 'POST') {
    const { next = [], forget = false } = JSON.parse(text) as { next?: Behaviour[]; forget?: boolean }
    script.push(...next)
    if (forget) requests.length = 0
  }
  sendJson(response, { 'access-control-allow-origin': '*' }, 200, { requests, queued: script.length })
}

async function sendRecording(
  response: ServerResponse,
  headers: Record<string, string>,
  behaviour: Behaviour,
  signal: AbortSignal,
): Promise<void> {
  const { body = '', status = 200, contentType = 'text/event-stream', headers: own } = behaviour
  response.writeHead(status, { ...headers, 'content-type': contentType, ...own })
  if (await createBodyWriter(response, behaviour, signal).write(body)) response.end()
}

function sendRefusal(
  response: ServerResponse,
  headers: Record<string, string>,
  fault: NonNullable<Behaviour['fault']>,
  model: string,
  { retryAfter }: Behaviour,
): void {
  const refused = refusal(fault, model)
  if (!refused) return
  const wait =
    retryAfter === undefined ? {} : { 'retry-after': retryAfter, 'access-control-expose-headers': 'retry-after' }
  response.writeHead(refused.status, { ...headers, ...wait, 'content-type': refused.contentType }).end(refused.text)
}

function sendJson(response: ServerResponse, headers: Record<string, string>, status: number, value: unknown): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function parseBody(text: string): RecordedRequest['body'] {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as RecordedRequest['body']) : undefined
  } catch {
    return undefined
  }
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
