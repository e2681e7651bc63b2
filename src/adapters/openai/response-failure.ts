import type { ModelError } from '#core/model-error.ts'
import { type ErrorBody, readErrorBody } from './error-body.ts'
import { readRetryAfter } from './retry-after.ts'

/** The request an error answers. */
export interface Asked {
  readonly baseUrl: string
  readonly model: string
  readonly key?: string | undefined
}

/** What was answered instead of a reply. */
export interface Refusal {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Sorts a refusal into our small set of errors. `now` (unix milliseconds) is for a `Retry-After` given as a date. */
export function failureOfResponse(refusal: Refusal, asked: Asked, now: number): ModelError {
  return classify(readErrorBody(refusal.text), refusal.status, asked, readRetryAfter(refusal.headers, now))
}

/** Sorts an error that came with status 200: inside the stream, or as the whole body. */
export function failureInStream(body: ErrorBody, asked: Asked): ModelError {
  return classify(body, body.status ?? 500, asked, undefined)
}

/** As much as is kept of what a server said. */
const longestMessage = 500

/** What a server said, without the key that it may repeat: taken out before anything is cut, so that no half is left. */
export function withoutKey(message: string, { key }: Asked): string {
  return (key ? message.replaceAll(key, '…') : message).slice(0, longestMessage)
}

function classify(given: ErrorBody, status: number, asked: Asked, retryAfterMs: number | undefined): ModelError {
  const message = withoutKey(given.message, asked)
  const body = { ...given, message }
  const detail = message === '' ? undefined : message
  const said = { ...(detail !== undefined && { detail }) }
  const wait = { ...(retryAfterMs !== undefined && { retryAfterMs }) }
  const has = (...tags: readonly string[]) => tags.some((tag) => body.tags.includes(tag))

  if (isContextError(body, status)) return { kind: 'context-too-long', ...contextNumbers(body), ...said }
  if (status === 404 || status === 405) {
    return !body.isHtml && (has('model_not_found') || /\bmodels?\b/i.test(message))
      ? { kind: 'unknown-model', model: asked.model, ...said }
      : { kind: 'wrong-path', baseUrl: asked.baseUrl, status, ...said }
  }
  if (status === 429 && has('insufficient_quota')) return { kind: 'rejected', status, detail: message }
  if (status === 429) return { kind: 'rate-limited', ...wait, ...said }
  if (status === 401 || (status === 403 && !has('moderation'))) {
    return { kind: 'unauthorized', hasKey: asked.key !== undefined, ...said }
  }
  if (status === 503 && /\bload/i.test(message)) return { kind: 'loading', ...wait, ...said }
  if (status >= 500) return { kind: 'server-error', status, ...wait, ...said }
  if (has('model_not_found') || /not a valid model id|no models? (is )?loaded/i.test(message)) {
    return { kind: 'unknown-model', model: asked.model, ...said }
  }
  return { kind: 'rejected', status, detail: message }
}

function isContextError(body: ErrorBody, status: number): boolean {
  if (body.tags.some((tag) => tag === 'exceed_context_size_error' || tag === 'context_length_exceeded')) return true
  if (status === 401 || status === 404 || status === 429) return false
  return /context (length|size|window)|longer than the model|max_model_len|prompt is too long|too many (input )?tokens/i.test(
    body.message,
  )
}

/**
 * Digs the two sizes out of the sentences of vLLM ("maximum context length is 4096 tokens … 5000 in the messages"),
 * SGLang ("The input (5000 tokens) is longer than the model's context length (4096 tokens)") and llama.cpp.
 */
function contextNumbers(body: ErrorBody): { promptTokens?: number; contextTokens?: number } {
  const { message } = body
  const contextTokens =
    body.contextTokens ??
    firstNumber(message, /context (?:length|size|window)[^\d]{0,20}(\d+)/i, /(\d+) tokens?\)?[^\d]{0,20}context/i)
  const promptTokens =
    body.promptTokens ??
    firstNumber(
      message,
      /(\d+) in the messages/i,
      /(\d+) input tokens/i,
      /(?:input|request|prompt) \((\d+) tokens/i,
      /requested (?:about )?(\d+) tokens/i,
    )
  return {
    ...(promptTokens !== undefined && { promptTokens }),
    ...(contextTokens !== undefined && { contextTokens }),
  }
}

function firstNumber(text: string, ...patterns: readonly RegExp[]): number | undefined {
  for (const pattern of patterns) {
    const digits = pattern.exec(text)?.[1]
    if (digits !== undefined) return Number(digits)
  }
  return undefined
}
