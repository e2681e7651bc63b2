import type { ConnectionId } from '#core/ids.ts'
import type { PromptSettings } from '#core/prompt/prompt-settings.ts'

/** What kind of program answers; decides how a reply is prefilled and which extra fields are sent. */
export type ServerKind =
  | 'demo'
  /** llama.cpp in this very page. */
  | 'in-page'
  | 'vllm'
  | 'sglang'
  | 'llamacpp'
  | 'ollama'
  | 'lmstudio'
  | 'openrouter'
  | 'openai'
  | 'other'

/** How an assistant turn that has begun is continued; found out at connect time, never assumed. */
export type PrefillWay =
  /** The server can't: a trailing assistant message starts a new reply. */
  | 'none'
  /** A trailing assistant message is continued by itself (llama.cpp, Ollama). */
  | 'trailing'
  /** `continue_final_message: true, add_generation_prompt: false` (vLLM, SGLang). */
  | 'flags'

/** What a server was found to do. */
export interface Capabilities {
  readonly prefill: PrefillWay
  /** The server repeats the prefill at the start of its stream. */
  readonly echo: boolean
  /** The delta field planning arrives in, when it arrives outside the content. */
  readonly reasoningField?: 'reasoning_content' | 'reasoning'
  /** `chat_template_kwargs: { enable_thinking: false }` is understood. */
  readonly thinkingSwitch: boolean
  /** `max_tokens` was refused: the most tokens of a reply go under this name. */
  readonly lengthField?: 'max_completion_tokens'
  /** Fields that OpenAI itself does not have were refused: none is sent. */
  readonly strict?: true
  /** In tokens. */
  readonly contextTokens?: number
  /** The test reply was in HER's format. */
  readonly speaksHer: boolean
  /** `POST /v1/completions` answers, so a prompt can be built in ChatML by us. */
  readonly completions: boolean
}

/** Sampling as the wire names it. `repetitionPenalty` is renamed where a server calls it otherwise. */
export interface Sampling {
  readonly temperature: number
  readonly topP: number
  /** This and the next two go only to servers that take them (`ownSamplingOf`); absent, the server's own default holds. */
  readonly topK?: number
  readonly minP?: number
  readonly repetitionPenalty?: number
  /** Most tokens a reply may take. */
  readonly maxTokens: number
}

/** An endpoint the reader connected. Its key is kept apart, in a table that no export reads. */
export interface Connection {
  readonly id: ConnectionId
  readonly name: string
  /** With its `/v1` where the server has one, without a trailing slash. */
  readonly baseUrl: string
  readonly kind: ServerKind
  readonly model: string
  /** `completions` sends raw ChatML to `/v1/completions`. */
  readonly transport: 'chat' | 'completions'
  readonly capabilities: Capabilities
  readonly sampling: Sampling
  /** How prompts for it are made; absent, all as HER's. */
  readonly prompt?: PromptSettings
  /** After each reply another take of it is made, so that it is there when it is asked for. */
  readonly makesAhead?: true
  /** Its replies are held to HER's shape by a grammar; only of models in this page. */
  readonly keepsShape?: true
  /** Its key is in memory alone and is forgotten when the page is closed. */
  readonly forgetsKey?: true
  /** How its model counts tokens against our estimate (`calibrate`), learnt from its replies; absent, nothing is known. */
  readonly tokenFactor?: number
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly testedAt?: number
}

/**
 * HER's own demo sampling, with more room than its 1024 tokens: planning takes 580 at the mean before the first visible
 * word, and could starve the reply.
 */
export const herSampling: Sampling = { temperature: 0.7, topP: 0.9, maxTokens: 2048 }

/** As in HER's evaluation, which cuts off no tail (`topP` 1) and whose vLLM adapter holds repetition down. */
export const herEvaluationSampling: Sampling = { temperature: 0.7, topP: 1, repetitionPenalty: 1.15, maxTokens: 4096 }

/** Sampling that has a name. */
export type SamplingPreset = 'her-demo' | 'her-evaluation'

export const samplingPresets: Readonly<Record<SamplingPreset, Sampling>> = {
  'her-demo': herSampling,
  'her-evaluation': herEvaluationSampling,
}

/** Sampling fields beside OpenAI's own. */
export type OwnSampling = 'topK' | 'minP' | 'repetitionPenalty'

/**
 * What of it a kind of server takes. Ollama's OpenAI route ignores all three, OpenAI refuses them, whether LM Studio
 * takes `min_p` nobody says, and the script of the demo has no use for any.
 */
export function ownSamplingOf(kind: ServerKind): readonly OwnSampling[] {
  switch (kind) {
    case 'vllm':
    case 'sglang':
    case 'llamacpp':
    case 'in-page':
    case 'openrouter':
    case 'other':
      return ['topK', 'minP', 'repetitionPenalty']
    case 'lmstudio':
      return ['topK', 'repetitionPenalty']
    case 'ollama':
    case 'openai':
    case 'demo':
      return []
  }
}

/** What is assumed of a server that was never tested. */
export const untestedCapabilities: Capabilities = {
  prefill: 'none',
  echo: false,
  thinkingSwitch: false,
  speaksHer: false,
  completions: false,
}

/** Whether a reply can go on from words it is given. */
export function canContinue({ transport, capabilities }: Connection): boolean {
  return transport === 'completions' || capabilities.prefill !== 'none'
}
