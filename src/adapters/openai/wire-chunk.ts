import { asNumber, asRecord, asString, isRecord, type JsonRecord } from '#lib/json-value.ts'

export interface WireMessage {
  readonly content?: string | undefined
  readonly reasoning_content?: string | undefined
  readonly reasoning?: string | undefined
}

export interface WireChoice {
  readonly delta?: WireMessage | undefined
  /** The whole reply, from a server that does not stream. */
  readonly message?: WireMessage | undefined
  /** `/v1/completions`. */
  readonly text?: string | undefined
  readonly finish_reason?: string | undefined
}

export interface WireChunk {
  /** The first choice, the only one we ask for; absent where the event has none. */
  readonly choice?: WireChoice | undefined
  /** The event has a list of choices, be it empty. */
  readonly hasChoices: boolean
  readonly usage?:
    | { readonly prompt_tokens?: number | undefined; readonly completion_tokens?: number | undefined }
    | undefined
  /** Ollama's native answer, which it also gives to a path that is nearly right. */
  readonly message?: WireMessage | undefined
  readonly done_reason?: string | undefined
  readonly error?: unknown
}

/**
 * Reads one event; undefined when it is no object. A field that is not as expected is dropped by itself, so that a
 * server's oddity costs no more than that field: `choices` may be null or empty, `content` null, and much else is sent
 * along that we don't read. Written out, and not as a schema, because it runs once for each token.
 */
export function toWireChunk(value: unknown): WireChunk | undefined {
  if (!isRecord(value)) return undefined
  const choices = Array.isArray(value['choices']) ? value['choices'] : undefined
  const usage = asRecord(value['usage'])
  return {
    choice: toChoice(asRecord(choices?.[0])),
    hasChoices: choices !== undefined,
    usage: usage && {
      prompt_tokens: asNumber(usage['prompt_tokens']),
      completion_tokens: asNumber(usage['completion_tokens']),
    },
    message: toMessage(value['message']),
    done_reason: asString(value['done_reason']),
    error: value['error'],
  }
}

function toChoice(choice: JsonRecord | undefined): WireChoice | undefined {
  return (
    choice && {
      delta: toMessage(choice['delta']),
      message: toMessage(choice['message']),
      text: toText(choice['text']),
      finish_reason: asString(choice['finish_reason']),
    }
  )
}

function toMessage(value: unknown): WireMessage | undefined {
  if (!isRecord(value)) return undefined
  return {
    content: toText(value['content']),
    reasoning_content: toText(value['reasoning_content']),
    reasoning: toText(value['reasoning']),
  }
}

/** Text as servers send it: a string, null, or a list of parts (Mistral). Anything else counts as absent. */
function toText(value: unknown): string | undefined {
  if (!Array.isArray(value)) return asString(value)
  const parts = value.map(asRecord)
  return parts.every((part) => part !== undefined)
    ? parts.map((part) => asString(part['text']) ?? '').join('')
    : undefined
}
