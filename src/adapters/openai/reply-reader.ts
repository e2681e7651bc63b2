import type { ModelError } from '#core/model-error.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import type { ModelPart } from '#ports/model.ts'
import type { BodyEvent } from './body-reader.ts'
import { readErrorBody, readErrorValue } from './error-body.ts'
import { type Asked, failureInStream } from './response-failure.ts'
import { toWireChunk, type WireChunk } from './wire-chunk.ts'

/** Turns the events of a body into the parts of a reply, and knows how it ended. */
export interface ReplyReader {
  /** `isRest` marks what was left when the body ended: half an event is no event that could not be read. */
  readonly push: (event: BodyEvent, isRest?: boolean) => readonly ModelPart[]
  /** The server failed in the middle: nothing after it counts. */
  readonly failure: () => ModelError | undefined
  /** A finish reason or `[DONE]` was seen; without either a reply is not complete. */
  readonly isComplete: () => boolean
  /** `[DONE]` was seen: nothing follows. */
  readonly isDone: () => boolean
  /** The last part, or why a body that ended is no reply. */
  readonly end: () => { readonly part: ModelPart } | { readonly failure: ModelError }
}

export type ReasoningField = 'reasoning_content' | 'reasoning'

/** `onReasoningField` is told once in which field reasoning comes, if any comes. */
export function createReplyReader(asked: Asked, onReasoningField?: (field: ReasoningField) => void): ReplyReader {
  let failure: ModelError | undefined
  let finishReason: string | undefined
  let isDone = false
  let sawText = false
  let sawChoices = false
  let unreadable = 0
  let hasReasoned = false
  let usage: WireChunk['usage']
  let oddity: string | undefined

  const readValue = (value: unknown, data: string, isError: boolean): readonly ModelPart[] => {
    const chunk = toWireChunk(value)
    if (!chunk) {
      unreadable += 1
      return [{ type: 'alive' }]
    }
    usage = chunk.usage ?? usage
    const { choice } = chunk
    if (chunk.hasChoices) sawChoices = true
    const message = choice?.delta ?? choice?.message ?? chunk.message
    const parts: ModelPart[] = []
    // Servers in between two names for it send both, with the same text: one is taken.
    const reasoning = message?.reasoning_content || message?.reasoning
    if (reasoning) {
      if (!hasReasoned) onReasoningField?.(message?.reasoning_content ? 'reasoning_content' : 'reasoning')
      hasReasoned = true
      parts.push({ type: 'reasoning-delta', text: reasoning })
    }
    const text = message?.content || choice?.text
    if (text) parts.push({ type: 'text-delta', text })
    if (parts.length > 0) sawText = true
    if (chunk.error || isError || choice?.finish_reason === 'error') {
      failure = failureInStream(chunk.error ? readErrorValue(value) : readErrorBody(data), asked)
      return parts
    }
    if (!message && !choice && !usage) oddity ??= data
    finishReason = choice?.finish_reason || chunk.done_reason || finishReason
    return parts.length > 0 ? parts : [{ type: 'alive' }]
  }

  const readData = (data: string, isError: boolean, isRest: boolean): readonly ModelPart[] => {
    if (data.trim() === '[DONE]') {
      isDone = true
      return []
    }
    const json = parseJson(data)
    if (json.ok) return readValue(json.value, data, isError)
    if (isError) {
      failure = failureInStream(readErrorBody(data), asked)
      return []
    }
    // An event that lacks the blank line before the next one arrives glued to it.
    if (data.includes('\n')) return data.split('\n').flatMap((line) => (isDone ? [] : readData(line, false, isRest)))
    if (isRest) return []
    unreadable += 1
    return [{ type: 'alive' }]
  }

  return {
    push: (event, isRest = false) => {
      if (failure || isDone) return []
      switch (event.type) {
        case 'comment':
          return [{ type: 'alive' }]
        case 'data':
          return readData(event.data, event.isError, isRest)
        case 'page': {
          const { message } = readErrorBody(event.text)
          failure = {
            kind: 'wrong-path',
            baseUrl: asked.baseUrl,
            status: 200,
            ...(message !== '' && { detail: message }),
          }
          return []
        }
        case 'flood':
          failure = { kind: 'server-error', detail: t('The answer is one event without an end.') }
          return []
      }
    },
    failure: () => failure,
    isComplete: () => isDone || finishReason !== undefined,
    isDone: () => isDone,
    end: () => {
      if (failure) return { failure }
      if (finishReason === undefined && !isDone) {
        if (!sawChoices && !sawText && oddity !== undefined) return { failure: failureOfOddity(oddity, asked) }
        return { failure: { kind: 'cut', ...(unreadable > 0 && { detail: unreadableSentence(unreadable) }) } }
      }
      if (!sawText) return { failure: { kind: 'empty', ...(finishReason !== undefined && { finishReason }) } }
      return {
        part: {
          type: 'stream-end',
          finishReason: finishReason ?? 'stop',
          ...(usage?.prompt_tokens !== undefined && { promptTokens: usage.prompt_tokens }),
          ...(usage?.completion_tokens !== undefined && { completionTokens: usage.completion_tokens }),
          ...(unreadable > 0 && { unreadableEvents: unreadable }),
        },
      }
    },
  }
}

function parseJson(text: string): Result<unknown, undefined> {
  try {
    return ok(JSON.parse(text))
  } catch {
    return err(undefined)
  }
}

/** JSON with status 200 that is neither a reply nor a marked error: a sentence of the server's, or another API. */
function failureOfOddity(data: string, asked: Asked): ModelError {
  const body = readErrorBody(data)
  return body.message === ''
    ? { kind: 'wrong-path', baseUrl: asked.baseUrl, status: 200 }
    : failureInStream(body, asked)
}

function unreadableSentence(count: number): string {
  return t('{count, plural, one {One event could not be read.} other {# events could not be read.}}', { count })
}
