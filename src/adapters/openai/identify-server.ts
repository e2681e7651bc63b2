import * as z from 'zod/mini'
import { serverRoot } from '#core/base-url.ts'
import type { ServerKind } from '#core/connection.ts'
import { type Asking, ask } from './ask.ts'
import { lenientCount } from './lenient.ts'
import { type ModelList, readModelList } from './model-list.ts'

const propsSchema = z.object({ default_generation_settings: z.object({ n_ctx: lenientCount }) })
const runningSchema = z.object({ models: z.array(z.object({ model: z.string(), context_length: lenientCount })) })
const versionSchema = z.object({ version: z.string() })

/**
 * Asks the paths by which servers differ, where the model list did not say what answers or how much it reads. Ollama
 * tells only of models that are loaded; of the rest the trained size would be wrong, so it is left out.
 */
export async function identifyServer(list: ModelList, baseUrl: string, asking: Asking): Promise<ModelList> {
  const root = serverRoot(baseUrl)
  const get = async <Shape>(path: string, schema: z.ZodMiniType<Shape>): Promise<Shape | undefined> => {
    const answer = await ask(`${root}${path}`, asking)
    return answer?.ok ? schema.safeParse(toJson(answer.text)).data : undefined
  }
  const kind = list.kind === 'other' ? await recogniseKind(root, asking, get) : list.kind
  if (list.models.every((model) => model.contextTokens !== undefined)) return { ...list, kind }
  switch (kind) {
    case 'llamacpp': {
      const size = (await get('/props', propsSchema))?.default_generation_settings.n_ctx
      return { kind, models: withContext(list.models, () => size) }
    }
    case 'ollama': {
      const running = (await get('/api/ps', runningSchema))?.models
      return {
        kind,
        models: withContext(list.models, (id) => running?.find(({ model }) => model === id)?.context_length),
      }
    }
    case 'lmstudio': {
      const answer = await ask(`${root}/api/v0/models`, asking)
      const native = answer?.ok ? readModelList(answer.text, baseUrl)?.models : undefined
      if (!native) return { ...list, kind }
      // Its native list is the only one that tells embedding models from the rest.
      const known = list.models.filter(({ id }) => native.some((model) => model.id === id))
      return { kind, models: withContext(known, (id) => native.find((model) => model.id === id)?.contextTokens) }
    }
    default:
      return { ...list, kind }
  }
}

async function recogniseKind(
  root: string,
  asking: Asking,
  get: <Shape>(path: string, schema: z.ZodMiniType<Shape>) => Promise<Shape | undefined>,
): Promise<ServerKind> {
  const [version, native, props] = await Promise.all([
    get('/api/version', versionSchema),
    ask(`${root}/api/v0/models`, asking),
    get('/props', propsSchema),
  ])
  if (version) return 'ollama'
  if (native?.ok && readModelList(native.text, root)) return 'lmstudio'
  return props ? 'llamacpp' : 'other'
}

function withContext(models: ModelList['models'], sizeOf: (id: string) => number | undefined): ModelList['models'] {
  return models.map((model) => {
    const contextTokens = model.contextTokens ?? sizeOf(model.id)
    return { ...model, ...(contextTokens !== undefined && { contextTokens }) }
  })
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
