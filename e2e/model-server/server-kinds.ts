import type { ServerKind } from '../../src/core/connection.ts'
import { listedModels } from './behaviour.ts'
import type { ChatMessage } from './reply.ts'

/** The kinds that are imitated; OpenRouter is told by its host alone. */
export type ImitatedKind = Exclude<ServerKind, 'demo' | 'in-page' | 'openrouter'>

export const imitatedKinds: readonly ImitatedKind[] = [
  'vllm',
  'sglang',
  'llamacpp',
  'ollama',
  'lmstudio',
  'openai',
  'other',
]

/** What is done with a request that ends in an assistant message. */
export type PrefillOutcome = 'echo' | 'continue' | 'restart' | { readonly refused: string }

export interface ChatBody {
  readonly model?: string
  readonly messages?: readonly ChatMessage[]
  readonly prompt?: string
  readonly stream?: boolean
  readonly stop?: string | readonly string[]
  readonly max_tokens?: number
  readonly max_completion_tokens?: number
  readonly stream_options?: { readonly include_usage?: boolean }
  readonly continue_final_message?: boolean
  readonly add_generation_prompt?: boolean
  readonly chat_template_kwargs?: { readonly enable_thinking?: unknown }
}

/** `/v1/models` in the shape of each server. `context` is in tokens. */
export function modelList(kind: ImitatedKind, context: number): unknown {
  const created = 1_700_000_000
  return {
    object: 'list',
    data: listedModels.map((id) => ({ id, object: 'model', created, root: id, ...ownFields(kind, context) })),
  }
}

function ownFields(kind: ImitatedKind, context: number): Record<string, unknown> {
  switch (kind) {
    case 'vllm':
      return { owned_by: 'vllm', parent: null, max_model_len: context, permission: [] }
    case 'sglang':
      return { owned_by: 'sglang', max_model_len: context }
    case 'llamacpp':
      return { owned_by: 'llamacpp', meta: { vocab_type: 2, n_ctx: context, n_ctx_train: 40_960 } }
    case 'ollama':
      return { owned_by: 'library' }
    case 'lmstudio':
      return { owned_by: 'organization_owner' }
    case 'openai':
      return { owned_by: 'system' }
    case 'other':
      return { owned_by: 'somebody' }
  }
}

/** What a server gives at paths of its own; undefined for 404. `path` is without `/v1`. */
export function nativeAnswer(kind: ImitatedKind, path: string, context: number): unknown {
  if (path === '/health' && kind !== 'ollama' && kind !== 'openai' && kind !== 'other') return { status: 'ok' }
  if (kind === 'llamacpp' && path === '/props') return { default_generation_settings: { n_ctx: context } }
  if (kind === 'ollama' && path === '/api/version') return { version: '0.12.0' }
  if (kind === 'ollama' && path === '/api/ps') {
    return { models: [{ name: 'her', model: 'her', context_length: context }] }
  }
  if (kind === 'lmstudio' && path === '/api/v0/models') {
    const models = listedModels.map((id) => ({
      id,
      object: 'model',
      type: 'llm',
      state: 'loaded',
      max_context_length: 40_960,
      loaded_context_length: context,
    }))
    return { object: 'list', data: models }
  }
  return undefined
}

/** The CORS headers a server gives to a page of `origin`; none when it allows that page nothing. */
export function corsHeaders(kind: ImitatedKind, origin: string | undefined): Record<string, string> {
  if (origin === undefined) return {}
  const isLocal = /^https?:\/\/(localhost|127\.0\.0\.1|0\.0\.0\.0)(:\d+)?$/.test(origin)
  if (kind === 'lmstudio' || (kind === 'ollama' && !isLocal)) return {}
  return {
    'access-control-allow-origin': kind === 'vllm' ? '*' : origin,
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': 'authorization, content-type',
    // Starlette's default: a preflight holds for ten minutes, where a browser asks again after five seconds by itself.
    ...((kind === 'vllm' || kind === 'sglang') && { 'access-control-max-age': '600' }),
    vary: 'Origin',
  }
}

/** vLLM and SGLang turn a wrong key away before their CORS headers are set, so that a browser can't read it. */
export function hidesUnauthorized(kind: ImitatedKind): boolean {
  return kind === 'vllm' || kind === 'sglang'
}

/** What each kind does with an assistant message at the end. */
export function prefillOutcome(kind: ImitatedKind, body: ChatBody): PrefillOutcome {
  const { continue_final_message: continues = false, add_generation_prompt: generates = true } = body
  const before = body.messages?.at(-2)?.role
  switch (kind) {
    case 'vllm':
      if (continues && generates) {
        return { refused: 'Cannot set both add_generation_prompt and continue_final_message to true.' }
      }
      return continues ? 'continue' : 'restart'
    case 'sglang':
      return continues ? 'continue' : 'restart'
    case 'llamacpp':
      if (before === 'assistant') return { refused: 'Cannot have 2 or more assistant messages at the end of the list.' }
      if (continues && generates) {
        return { refused: 'Cannot set both add_generation_prompt and continue_final_message to true.' }
      }
      return continues ? 'continue' : 'echo'
    case 'ollama':
      return 'continue'
    case 'lmstudio':
      return 'echo'
    case 'openai':
    case 'other':
      return 'restart'
  }
}

/** Why a strict server refuses a body; undefined when it takes it. Like OpenAI it calls the length by two names. */
export function strictRefusal(kind: ImitatedKind, body: ChatBody, isChat: boolean): string | undefined {
  if (kind !== 'openai') return undefined
  const known = ['model', 'stream', 'stream_options', 'stop', 'temperature', 'top_p', 'seed']
  known.push(...(isChat ? ['messages', 'max_completion_tokens'] : ['prompt', 'max_tokens']))
  const unknown = Object.keys(body).find((key) => !known.includes(key))
  if (unknown === 'max_tokens') {
    return "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
  }
  if (unknown !== undefined) return `Unrecognized request argument supplied: ${unknown}`
  return Array.isArray(body.stop) && body.stop.length > 4 ? "Invalid 'stop': array too long." : undefined
}

/** The words for a prompt of `tokens` tokens that does not fit. Ollama never says so. */
export function overflowError(kind: ImitatedKind, tokens: number, context: number): unknown {
  switch (kind) {
    case 'llamacpp':
      return {
        error: {
          code: 400,
          message: `request (${tokens} tokens) exceeds the available context size (${context} tokens), try increasing it`,
          type: 'exceed_context_size_error',
          n_prompt_tokens: tokens,
          n_ctx: context,
        },
      }
    case 'sglang':
      return {
        object: 'error',
        message: `The input (${tokens} tokens) is longer than the model's context length (${context} tokens).`,
        type: 'BadRequestError',
        param: null,
        code: 400,
      }
    default:
      return {
        error: {
          message: `This model's maximum context length is ${context} tokens. However, you requested ${tokens + 64} tokens (${tokens} in the messages, 64 in the completion).`,
          type: 'BadRequestError',
          param: 'input_tokens',
          code: 400,
        },
      }
  }
}
