import { isRecord } from '#lib/json-value.ts'
import { chooseReplies } from './choose-replies.ts'
import { continueReply } from './continue-reply.ts'
import { type ChatMessage, readExchange } from './read-exchange.ts'
import type { Scene } from './scene.ts'
import { splitTokens, type TimedToken, timeTokens } from './tokens.ts'

export interface DemoDependencies {
  /** The script of a character by its name; a name without one gets lines that suit anybody. */
  readonly loadScene: (name: string) => Promise<Scene>
  /** Names that have a script of their own. */
  readonly knownNames: readonly string[]
  /** How often a conversation was answered, by its text; shared by fetches that are to know of each other's takes. */
  readonly takes?: Map<string, number>
  /** Unix milliseconds. */
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
  /** What all waiting is multiplied by: 1 is a human pace, 0 is at once. */
  readonly pace?: number
}

/** Before the first token, in milliseconds: long enough that the waiting state is seen, and never felt. */
const firstTokenMs = 250
const modelId = 'demo-script'

/**
 * A `fetch` that is an OpenAI-compatible server: the built-in demo model. It plays scripts and says so when it is
 * asked. A trailing assistant message is continued and not echoed. The same conversation asked for again gets another
 * take, for as long as the page lives. No network is used.
 */
export function createDemoFetch(dependencies: DemoDependencies): typeof fetch {
  const takes = dependencies.takes ?? new Map<string, number>()

  return async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const path = new URL(request.url).pathname
    if (path.endsWith('/models')) return json(200, modelList(dependencies.now()))
    if (!path.endsWith('/chat/completions')) return failure(404, `The demo has nothing at ${path}.`)
    if (request.method !== 'POST') return failure(405, 'Ask with POST.')
    const body = readBody(await request.text())
    if (!body) return failure(400, 'The request has no messages that could be read.')
    const { tokens, finishReason } = await reply(body)
    request.signal.throwIfAborted()
    const made = {
      id: `chatcmpl-demo-${fingerprint(JSON.stringify(body.messages)).toString(36)}`,
      created: Math.floor(dependencies.now() / 1000),
      model: modelId,
    }
    const usage = usageOf(body.messages, tokens.length)
    if (body.stream) return stream(tokens, finishReason, made, body.wantsUsage ? usage : undefined, request.signal)
    await dependencies.wait(firstTokenMs * (dependencies.pace ?? 1))
    request.signal.throwIfAborted()
    const message = { role: 'assistant', content: tokens.map((token) => token.text).join('') }
    const choice = { index: 0, message, finish_reason: finishReason }
    return json(200, { ...made, object: 'chat.completion', choices: [choice], usage })
  }

  async function reply(body: Body): Promise<{ tokens: readonly TimedToken[]; finishReason: 'stop' | 'length' }> {
    const exchange = readExchange(body.messages, dependencies.knownNames)
    const scene = await dependencies.loadScene(exchange.name)
    const story = JSON.stringify(exchange.prefill ? body.messages.slice(0, -1) : body.messages)
    const take = takes.get(story) ?? 0
    takes.set(story, take + 1)
    const candidates = chooseReplies(scene, exchange, fingerprint(story))
    const tokens = splitTokens(cutAtStop(continueReply(candidates, take, exchange.prefill), body.stop))
    const kept = tokens.slice(0, body.maxTokens)
    const isPlanning = exchange.prefill.lastIndexOf('<system_thinking>') > exchange.prefill.lastIndexOf('</')
    return { tokens: timeTokens(kept, isPlanning), finishReason: kept.length < tokens.length ? 'length' : 'stop' }
  }

  function stream(
    tokens: readonly TimedToken[],
    finishReason: string,
    made: object,
    usage: object | undefined,
    signal: AbortSignal,
  ): Response {
    const encoder = new TextEncoder()
    let isOver = false
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const send = (event: string) => controller.enqueue(encoder.encode(`data: ${event}\n\n`))
        const chunk = (choices: readonly object[], more = {}) =>
          send(JSON.stringify({ ...made, object: 'chat.completion.chunk', choices, ...more }))
        const delta = (content: object, finish: string | null = null) =>
          chunk([{ index: 0, delta: content, finish_reason: finish }])
        const onAbort = () => {
          isOver = true
          controller.error(signal.reason)
        }
        signal.addEventListener('abort', onAbort, { once: true })

        const play = async () => {
          delta({ role: 'assistant', content: null })
          // Tokens keep to a timetable and not to a gap: where timers are held back they come in a burst, in time.
          const startedAt = dependencies.now()
          let due = firstTokenMs
          for (const token of tokens) {
            due += token.afterMs
            const left = due * (dependencies.pace ?? 1) - (dependencies.now() - startedAt)
            if (left > 0) await dependencies.wait(left)
            if (isOver) return
            delta({ content: token.text })
          }
          delta({}, finishReason)
          if (usage) chunk([], { usage })
          send('[DONE]')
          signal.removeEventListener('abort', onAbort)
          controller.close()
        }
        play().catch((error: unknown) => {
          if (!isOver) controller.error(error)
        })
      },
      cancel: () => {
        isOver = true
      },
    })
    return new Response(body, { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
  }
}

interface Body {
  readonly messages: readonly ChatMessage[]
  readonly stream: boolean
  readonly wantsUsage: boolean
  readonly maxTokens: number
  readonly stop: readonly string[]
}

/** The fields of a request that matter here; undefined when it is not JSON with messages. */
function readBody(text: string): Body | undefined {
  const body = parse(text)
  const messages = isRecord(body) ? body['messages'] : undefined
  if (!isRecord(body) || !Array.isArray(messages) || messages.length === 0) return undefined
  const limit = body['max_completion_tokens'] ?? body['max_tokens']
  const options = body['stream_options']
  return {
    messages: messages.filter(isRecord).map((message) => ({
      role: String(message['role']),
      content: textOf(message['content']),
    })),
    stream: body['stream'] === true,
    wantsUsage: isRecord(options) && options['include_usage'] === true,
    maxTokens: typeof limit === 'number' && limit > 0 ? limit : Number.POSITIVE_INFINITY,
    stop: [body['stop']].flat().filter((stop): stop is string => typeof stop === 'string' && stop !== ''),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  return Array.isArray(content)
    ? content.map((part) => (isRecord(part) ? String(part['text'] ?? '') : '')).join('')
    : ''
}

function cutAtStop(text: string, stop: readonly string[]): string {
  const ends = stop.map((word) => text.indexOf(word)).filter((at) => at >= 0)
  return text.slice(0, Math.min(text.length, ...ends))
}

function usageOf(messages: readonly ChatMessage[], completion: number): object {
  const prompt = Math.ceil(messages.reduce((sum, message) => sum + message.content.length, 0) / 4)
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}

function modelList(now: number): object {
  return {
    object: 'list',
    data: [{ id: modelId, object: 'model', created: Math.floor(now / 1000), owned_by: 'subtext' }],
  }
}

function json(status: number, value: unknown): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } })
}

function failure(status: number, message: string): Response {
  return json(status, { error: { message, type: 'invalid_request_error', code: status } })
}

/** FNV-1a, 32 bits. */
function fingerprint(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
