import * as z from 'zod/mini'
import type { ServerKind } from '#core/connection.ts'
import { guessServerKind } from '#core/guess-server-kind.ts'
import type { Discovery } from '#ports/model.ts'
import { lenient, lenientCount, lenientString } from './lenient.ts'

const modelSchema = z.object({
  id: z.string().check(z.minLength(1)),
  owned_by: lenientString,
  /** vLLM, SGLang. */
  max_model_len: lenientCount,
  /** OpenRouter. */
  context_length: lenientCount,
  /** LM Studio: what is loaded, and what the model could do. */
  loaded_context_length: lenientCount,
  max_context_length: lenientCount,
  /** LM Studio: `llm`, `vlm`, `embeddings`. */
  type: lenientString,
  /** llama.cpp: per slot. */
  meta: lenient(z.object({ n_ctx: lenientCount })),
})

const listSchema = z.object({ data: z.array(z.unknown()) })

export interface ModelList {
  readonly kind: ServerKind
  readonly models: Discovery['models']
}

/**
 * Reads the answer of `/v1/models`: which models there are, how much each reads, and what the shape tells of the
 * server. `other` stands for "not to be told from this". Undefined when it is no model list.
 */
export function readModelList(text: string, baseUrl: string): ModelList | undefined {
  const list = listSchema.safeParse(parse(text))
  if (!list.success) return undefined
  const models = list.data.data.flatMap((value) => {
    const model = modelSchema.safeParse(value)
    return model.success && model.data.type !== 'embeddings' ? [model.data] : []
  })
  const seen = new Set<string>()
  return {
    kind: kindOf(baseUrl, models),
    models: models
      .filter(({ id }) => !seen.has(id) && seen.add(id))
      .map((model) => {
        const contextTokens =
          model.meta?.n_ctx ??
          model.max_model_len ??
          model.context_length ??
          model.loaded_context_length ??
          model.max_context_length
        return { id: model.id, ...(contextTokens !== undefined && { contextTokens }) }
      }),
  }
}

const kindsByOwner: Readonly<Record<string, ServerKind>> = {
  vllm: 'vllm',
  sglang: 'sglang',
  llamacpp: 'llamacpp',
  library: 'ollama',
  organization_owner: 'lmstudio',
}

function kindOf(baseUrl: string, models: readonly z.infer<typeof modelSchema>[]): ServerKind {
  const host = guessServerKind(baseUrl)
  if (host === 'openrouter' || host === 'openai') return host
  for (const model of models) {
    const kind = kindsByOwner[model.owned_by ?? '']
    if (kind) return kind
  }
  // A fork or a proxy that renames the owner still passes on vLLM's own field.
  return models.some((model) => model.max_model_len !== undefined) ? 'vllm' : 'other'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
