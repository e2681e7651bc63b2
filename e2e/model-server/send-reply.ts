import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Behaviour } from './behaviour.ts'
import { createBodyWriter } from './body-writer.ts'
import type { GeneratedReply } from './reply.ts'
import type { ChatBody } from './server-kinds.ts'

/** A reply that is ready to be sent. */
export interface Outgoing {
  readonly reply: GeneratedReply
  /** Put before the first token, in the same delta, as llama.cpp does. */
  readonly echo: string
  readonly body: ChatBody
  readonly promptTokens: number
  readonly isChat: boolean
  /** Told of each piece of the reply once the socket has it. */
  readonly onSent: (text: string) => void
}

type Piece = { readonly text: string; readonly isReasoning: boolean }

/** Sends a reply, as a stream or in one piece, with whatever goes wrong on the way. */
export async function sendReply(
  response: ServerResponse,
  headers: Record<string, string>,
  outgoing: Outgoing,
  behaviour: Behaviour,
  signal: AbortSignal,
): Promise<void> {
  const { fault } = behaviour
  const { pieces, finishReason } = cutToLimits(outgoing, behaviour)
  if (fault === 'json' || outgoing.body.stream !== true) {
    response.writeHead(200, { ...headers, 'content-type': 'application/json' })
    response.end(JSON.stringify(wholeReply(outgoing, pieces, finishReason, behaviour)))
    return
  }
  const isLines = fault === 'ndjson'
  response.writeHead(200, { ...headers, 'content-type': isLines ? 'application/x-ndjson' : 'text/event-stream' })
  response.flushHeaders()
  const writer = createBodyWriter(response, behaviour, signal)
  const send = (event: unknown): Promise<boolean> => {
    const json = typeof event === 'string' ? event : JSON.stringify(event)
    return writer.write(isLines ? `${json}\n` : `data: ${json}\n\n`)
  }

  await waitForFirstToken(writer.write, behaviour, signal)
  if (outgoing.isChat && !(await send(chunk({ delta: { role: 'assistant', content: null } })))) return
  if (fault === 'oddities' && !(await sendOddities(writer.write))) return

  const startedAt = performance.now()
  let sentBytes = 0
  for (const [index, piece] of pieces.entries()) {
    await keepPace(behaviour.rate ?? 0, index, startedAt, signal)
    if (fault === 'error' && sentBytes >= (behaviour.at ?? 600)) {
      await send({ error: { message: 'The engine died in the middle.', type: 'server_error', code: 500 } })
      response.end()
      return
    }
    const event = chunk(outgoing.isChat ? { delta: deltaOf(piece, behaviour) } : { text: piece.text })
    sentBytes += JSON.stringify(event).length
    if (!(await send(event))) return
    outgoing.onSent(piece.text)
  }
  if (fault !== 'no-finish') {
    await send(chunk({ ...(outgoing.isChat ? { delta: {} } : { text: '' }), finish_reason: finishReason }))
  }
  if (outgoing.body.stream_options?.include_usage) await send({ choices: [], usage: usageOf(outgoing, pieces) })
  if (fault !== 'no-done' && !isLines) await send('[DONE]')
  if (!response.destroyed) response.end()
}

async function waitForFirstToken(
  write: (text: string) => Promise<boolean>,
  { first = 0, comments = 0 }: Behaviour,
  signal: AbortSignal,
): Promise<void> {
  const until = performance.now() + first
  for (let left = first; left > 0 && !signal.aborted; left = until - performance.now()) {
    await sleep(comments > 0 ? Math.min(comments, left) : left, undefined, { signal }).catch(() => undefined)
    if (comments > 0) await write(': keep-alive\n\n')
  }
}

/** Waits until token number `index` is due. */
async function keepPace(rate: number, index: number, startedAt: number, signal: AbortSignal): Promise<void> {
  if (rate <= 0) return
  const wait = startedAt + (index / rate) * 1000 - performance.now()
  if (wait > 1) await sleep(wait, undefined, { signal }).catch(() => undefined)
}

/** What a tolerant client steps over. */
async function sendOddities(write: (text: string) => Promise<boolean>): Promise<boolean> {
  const oddities = [
    'data: {"choices":null,"error":null}\n\n',
    'data: {"object":"chat.completion.chunk"}\n\n',
    'data: {"choices":[{"delta":{"content":null,"reasoning":null}}]}\n\n',
    'data: {"choices":[{"delta":null}]}\n\n',
    'data: {"choi\n\n',
    ': a comment\n\n',
    'event: ping\nid: 7\nretry: 100\ndata: 17\n\n',
    'unknown: field\n\n',
  ]
  for (const oddity of oddities) if (!(await write(oddity))) return false
  return true
}

/** Cuts the reply into deltas, at a stop string, and where its tokens run out. A delta counts as a token. */
function cutToLimits(
  { reply, echo, body }: Outgoing,
  { delta = 4, fault, reasoning }: Behaviour,
): { readonly pieces: readonly Piece[]; readonly finishReason: string } {
  if (fault === 'empty') return { pieces: [], finishReason: 'stop' }
  const stops = typeof body.stop === 'string' ? [body.stop] : (body.stop ?? [])
  const rest = stops.reduce(
    (text, stop) => (text.includes(stop) ? text.slice(0, text.indexOf(stop)) : text),
    reply.rest,
  )
  const toPieces = (text: string, isReasoning: boolean): Piece[] => {
    const characters = [...text]
    const pieces: Piece[] = []
    for (let index = 0; index < characters.length; index += delta) {
      pieces.push({ text: characters.slice(index, index + delta).join(''), isReasoning })
    }
    return pieces
  }
  const planning = fault === 'length' ? reply.planning.replace('</system_thinking>', '') : reply.planning
  const plan = reasoning === 'planning' ? planning.replace(/<\/?system_thinking>/g, '') : planning
  const pieces = [
    ...toPieces(plan, reasoning !== undefined),
    ...(fault === 'length' ? [] : toPieces(rest, reasoning === 'all')),
  ]
  const [first, ...others] = pieces
  const glued = first && echo !== '' ? [{ ...first, text: echo + first.text }, ...others] : pieces
  const limit = body.max_tokens ?? body.max_completion_tokens ?? Number.POSITIVE_INFINITY
  const isCut = fault === 'length' || glued.length > limit
  return { pieces: glued.slice(0, limit), finishReason: isCut ? 'length' : 'stop' }
}

function deltaOf({ text, isReasoning }: Piece, { field = 'reasoning_content' }: Behaviour): Record<string, string> {
  if (!isReasoning) return { content: text }
  return field === 'both' ? { reasoning: text, reasoning_content: text } : { [field]: text }
}

function chunk(choice: Record<string, unknown>): unknown {
  return {
    id: 'reply-1',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'her',
    choices: [{ index: 0, finish_reason: null, ...choice }],
  }
}

function wholeReply(outgoing: Outgoing, pieces: readonly Piece[], finishReason: string, behaviour: Behaviour): unknown {
  const join = (isReasoning: boolean) =>
    pieces
      .filter((piece) => piece.isReasoning === isReasoning)
      .map(({ text }) => text)
      .join('')
  const reasoning = join(true)
  const message = {
    role: 'assistant',
    content: join(false),
    ...(reasoning !== '' && deltaOf({ text: reasoning, isReasoning: true }, behaviour)),
  }
  const choice = outgoing.isChat ? { message } : { text: message.content }
  return {
    id: 'reply-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'her',
    choices: [{ index: 0, finish_reason: finishReason, ...choice }],
    usage: usageOf(outgoing, pieces),
  }
}

function usageOf({ promptTokens }: Outgoing, pieces: readonly Piece[]) {
  const total = promptTokens + pieces.length
  return { prompt_tokens: promptTokens, completion_tokens: pieces.length, total_tokens: total }
}
