import type { KeyRingPort } from '#ports/key-ring.ts'
import type { OpenModel } from '#ports/model.ts'
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
      connection.kind === 'demo' ? undefined : keyRing.get(connection.id),
    ])
    return createOpenAiModel({ connection, key, fetch: demoFetch ?? fetch, ...surroundings })
  }
}
