import type { Connection } from '#core/connection.ts'
import { createEchoStripper } from '#core/her/echo.ts'
import { ModelFailure, type ModelPart, type ModelPort, type ModelRequest } from '#ports/model.ts'
import { bodyText, expectBody } from './body-ahead.ts'
import { buildRequest, type WireRequest } from './build-request.ts'
import { diagnose, type Surroundings } from './diagnose.ts'
import { type Fetch, NoAnswer, sendRequest } from './send-request.ts'
import { type SetTimer, setTimer as setRealTimer } from './set-timer.ts'
import { streamReply } from './stream-reply.ts'

export interface OpenAiModelOptions extends Surroundings {
  readonly connection: Connection
  readonly key?: string | undefined
  /** The page's fetch, or that of the built-in model. */
  readonly fetch: Fetch
  /** Unix milliseconds. */
  readonly now?: () => number
  readonly setTimer?: SetTimer
  /** How long a stream that has begun may stay silent before it counts as stalled, in milliseconds. */
  readonly idleMs?: number
}

/**
 * A model behind an OpenAI-compatible endpoint. The `openai` client writes and sends the request; the stream is read
 * here, since the client's own reader takes seven kinds of failure for a normal end. No request is ever repeated.
 */
export function createOpenAiModel(options: OpenAiModelOptions): ModelPort {
  const { connection, key, fetch, now = Date.now, setTimer = setRealTimer, idleMs = 60_000 } = options
  const asked = { baseUrl: connection.baseUrl, model: connection.model, ...(key && { key }) }
  return {
    stream: async function* (request, signal, ready) {
      const wireRequest = buildRequest(connection, request)
      const parts = streamReply(wireRequest, signal, { asked, fetch, now, setTimer, idleMs, ready })
      try {
        yield* wireRequest.prefilled ? withoutEcho(parts, prefillOf(wireRequest, request)) : parts
      } catch (error) {
        if (signal.aborted) return
        if (!(error instanceof NoAnswer)) throw error
        const reason = await diagnose({ ...options, asked, now, setTimer, signal })
        if (!signal.aborted) throw new ModelFailure(reason)
      }
    },
    expect: (request) => {
      // The built-in model has no wire to send anything over.
      if (connection.kind === 'demo') return
      const wireRequest = buildRequest(connection, request)
      expectBody(wireRequest.body)
      // Code that never ran takes several times as long: all but the sending is gone through now, while there is time.
      sendRequest(wireRequest, { asked, fetch, now, signal: AbortSignal.abort() }).catch(() => undefined)
    },
    describe: (request) => {
      const { path, body, prefilled } = buildRequest(connection, request)
      const url = `${connection.baseUrl}/${path === 'chat' ? 'chat/completions' : 'completions'}`
      return { url, body: bodyText(body), hasKey: Boolean(key), prefilled }
    },
    count: async (request, signal) => {
      // Of use only while a prompt is looked at.
      const { countTokens } = await import('./count-tokens.ts')
      const asking = { fetch, setTimer, signal, limitMs: 10_000, key }
      return countTokens(connection, buildRequest(connection, request), asking)
    },
  }
}

/** What a server that repeats a prefill repeats: the whole message that it went on from. */
function prefillOf({ path, body }: WireRequest, { prefill = '' }: ModelRequest): string {
  const last = path === 'chat' ? body.messages.at(-1)?.content : undefined
  return typeof last === 'string' ? last : prefill
}

/**
 * Takes an echoed prefill off the text, and off the reasoning, where a server may put a whole reply. What is held back
 * when the stream ends or breaks is given out before that: no character is lost.
 */
async function* withoutEcho(
  parts: AsyncGenerator<ModelPart, void, undefined>,
  prefill: string,
): AsyncGenerator<ModelPart, void, undefined> {
  const strippers = { 'text-delta': createEchoStripper(prefill), 'reasoning-delta': createEchoStripper(prefill) }
  const held = function* (): Generator<ModelPart> {
    for (const type of ['reasoning-delta', 'text-delta'] as const) {
      const text = strippers[type].finish()
      if (text !== '') yield { type, text }
    }
  }
  try {
    for await (const part of parts) {
      if (part.type === 'text-delta' || part.type === 'reasoning-delta') {
        const text = strippers[part.type].push(part.text)
        yield text === '' ? { type: 'alive' } : { type: part.type, text }
      } else {
        if (part.type === 'stream-end') yield* held()
        yield part
      }
    }
  } catch (error) {
    yield* held()
    throw error
  }
}
