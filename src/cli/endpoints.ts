import process from 'node:process'
import { createConnectPort } from '#adapters/openai/connect-port.ts'
import { createOpenAiModel } from '#adapters/openai/openai-model.ts'
import { type Connection, herSampling, type Sampling, untestedCapabilities } from '#core/connection.ts'
import type { ConnectionId } from '#core/ids.ts'
import type { ModelPort } from '#ports/model.ts'
import { CommandProblem } from './command.ts'

/** Endpoints of one model, found at their addresses. */
export interface Endpoints {
  /** The model's name, as it stands in reports. */
  readonly model: string
  readonly models: readonly ModelPort[]
}

interface Asked {
  /** `http://a:8000/v1,http://b:8000/v1#model`: several addresses of one model; without `#` the first it lists. */
  readonly address: string
  readonly sampling?: Sampling
  /** `completions` sends raw ChatML to `/v1/completions`, as HER's own evaluation does. */
  readonly transport?: Connection['transport']
  readonly signal: AbortSignal
}

/** Node's own `fetch` stands for a page's: there is no origin here, and nothing is held back by CORS. */
const surroundings = { origin: 'http://localhost', isSecurePage: false }

/**
 * Finds out what is at the addresses. The key is `SUBTEXT_API_KEY` of the environment: never an argument, which others on
 * this computer can read. Fails with a `ModelFailure` where nothing answers.
 */
export async function openEndpoints(asked: Asked): Promise<Endpoints> {
  const { address, sampling = herSampling, transport = 'chat', signal } = asked
  const [addresses = '', named] = address.split('#')
  const key = process.env['SUBTEXT_API_KEY'] || undefined
  const port = createConnectPort({ ...surroundings, fetch })
  const found = await Promise.all(
    addresses
      .split(',')
      .filter(Boolean)
      .map((each) => port.discover(each, key, signal)),
  )
  const model = named || found[0]?.models[0]?.id
  if (found.length === 0 || !model) throw new CommandProblem(`“${address}” names no endpoint with a model.`)
  const models = found.map(({ baseUrl, kind }, index) => {
    const connection: Connection = {
      id: `endpoint-${index}` as ConnectionId,
      name: baseUrl,
      baseUrl,
      kind,
      model,
      transport,
      capabilities: untestedCapabilities,
      sampling,
      createdAt: 0,
    }
    return createOpenAiModel({ ...surroundings, connection, key, fetch })
  })
  return { model, models }
}
