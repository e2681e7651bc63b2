import type { ChatCompletionCreateParamsStreaming, CompletionCreateParamsStreaming } from 'openai/resources'
import type { Capabilities, Connection, ServerKind } from '#core/connection.ts'
import { toChatMl } from '#core/prompt/chatml.ts'
import type { ModelMessage, ModelRequest } from '#ports/model.ts'
import { type OwnSamplingFields, ownSamplingFields } from './own-sampling.ts'

/** What of a connection decides how a request to it is written. */
export type RequestTarget = Pick<Connection, 'kind' | 'model' | 'transport'> & {
  readonly capabilities: Pick<Capabilities, 'prefill' | 'thinkingSwitch' | 'lengthField' | 'strict'>
}

/** Fields that servers know beside OpenAI's own. */
interface ServerFields extends OwnSamplingFields {
  readonly continue_final_message?: true
  readonly add_generation_prompt?: false
  readonly chat_template_kwargs?: { readonly enable_thinking: false }
}

export type WireRequest = { readonly prefilled: boolean } & (
  | { readonly path: 'chat'; readonly body: ChatCompletionCreateParamsStreaming & ServerFields }
  | { readonly path: 'completions'; readonly body: CompletionCreateParamsStreaming & ServerFields }
)

/** OpenAI takes at most four stop strings; gateways and unknown servers (TGI) count the same way. */
const mostStops = 4
const countsStops: ReadonlySet<ServerKind> = new Set(['openai', 'openrouter', 'other'])

/**
 * Servers that know the template's thinking switch. Unknown ones mostly ignore it, and those that refuse it say so when
 * they are tested.
 */
export const thinkingSwitches: ReadonlySet<ServerKind> = new Set(['vllm', 'sglang', 'llamacpp', 'other'])

/**
 * Writes a request the way its server understands it. A prefill goes along only where the server was found to continue
 * it: the two continue flags are sent with it and never without, since alone they would make vLLM go on with the
 * *user's* turn. `prefilled` says whether the reply will go on from it.
 */
export function buildRequest(target: RequestTarget, request: ModelRequest): WireRequest {
  const prefill = request.prefill || undefined
  const common = {
    model: target.model,
    ...samplingFields(target.kind, request),
    ...(!target.capabilities.strict && ownSamplingFields(target.kind, request.sampling)),
  }
  const streaming = { stream: true, stream_options: { include_usage: true } } as const
  if (target.transport === 'completions') {
    const prompt = toChatMl(request.messages, prefill)
    const body = { ...common, prompt, max_tokens: request.sampling.maxTokens, ...streaming }
    return { path: 'completions', prefilled: prefill !== undefined, body }
  }
  const { prefill: way, thinkingSwitch } = target.capabilities
  const prefilled = prefill !== undefined && way !== 'none'
  const messages = request.messages.map(({ role, content }) => ({ role, content }))
  const body = {
    ...common,
    messages: prefilled ? withPrefill(messages, prefill) : messages,
    ...lengthField(target, request.sampling.maxTokens),
    ...(prefilled && way === 'flags' && ({ continue_final_message: true, add_generation_prompt: false } as const)),
    ...(thinkingSwitch &&
      thinkingSwitches.has(target.kind) && { chat_template_kwargs: { enable_thinking: false } as const }),
    ...streaming,
  }
  return { path: 'chat', prefilled, body }
}

/**
 * Where the character had the last word the reply goes on from that very message, as HER's data joins a character's
 * turns: llama.cpp refuses two assistant messages at the end.
 */
function withPrefill(messages: readonly ModelMessage[], prefill: string): ModelMessage[] {
  const last = messages.at(-1)
  if (last?.role !== 'assistant') return [...messages, { role: 'assistant', content: prefill }]
  return [...messages.slice(0, -1), { role: 'assistant', content: `${last.content}\n\n${prefill}` }]
}

function samplingFields(kind: ServerKind, { sampling, stop }: ModelRequest) {
  const stops = countsStops.has(kind) ? stop.slice(0, mostStops) : [...stop]
  return { temperature: sampling.temperature, top_p: sampling.topP, ...(stops.length > 0 && { stop: stops }) }
}

/** Ollama knows only `max_tokens`; OpenAI's newer models, behind whatever gateway, only `max_completion_tokens`. */
function lengthField({ kind, capabilities }: RequestTarget, maxTokens: number) {
  const isNew = kind === 'openai' || capabilities.lengthField === 'max_completion_tokens'
  return isNew ? { max_completion_tokens: maxTokens } : { max_tokens: maxTokens }
}
