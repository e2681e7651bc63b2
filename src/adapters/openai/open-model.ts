import type { KeyRingPort } from '#ports/key-ring.ts'
import { ModelFailure, type ModelPort, type OpenModel } from '#ports/model.ts'
import type { Surroundings } from './diagnose.ts'
import type { Fetch } from './send-request.ts'

interface Options extends Surroundings {
  readonly keyRing: Pick<KeyRingPort, 'get'>
  /** The code that speaks to endpoints, when it is had. */
  readonly openAdapter: () => Promise<Pick<typeof import('./openai-model.ts'), 'createOpenAiModel'>>
  readonly fetch: Fetch
  /** What answers for the built-in demo, in the place of a network. */
  readonly openDemoFetch: () => Promise<Fetch>
}

/** Opens the model of a connection, with the key that is kept for that connection and no other. */
export function createModelOpener({ keyRing, openAdapter, fetch, openDemoFetch, ...surroundings }: Options): OpenModel {
  return async (connection) => {
    const [{ createOpenAiModel }, demoFetch, key] = await Promise.all([
      openAdapter(),
      connection.kind === 'demo' ? openDemoFetch() : undefined,
      connection.kind === 'demo' ? undefined : keyRing.get(connection.id).catch(unlessLocked),
    ])
    const isLocked = key === locked
    const model = createOpenAiModel({
      connection,
      key: isLocked ? undefined : key,
      fetch: demoFetch ?? fetch,
      ...surroundings,
    })
    return isLocked ? lockedModel(model) : model
  }
}

const locked = Symbol('locked')

function unlessLocked(error: unknown): typeof locked {
  if (error instanceof ModelFailure && error.error.kind === 'locked') return locked
  throw error
}

/** What a model does whose key is locked: says what it would send, and sends nothing. */
function lockedModel(model: ModelPort): ModelPort {
  return {
    // biome-ignore lint/correctness/useYield: it fails before there is anything to give
    stream: async function* () {
      throw new ModelFailure({ kind: 'locked' })
    },
    describe: (request) => ({ ...model.describe(request), hasKey: true }),
    count: async () => undefined,
  }
}
