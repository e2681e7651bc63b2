import { toBaseUrls } from '#core/base-url.ts'
import type { ModelError } from '#core/model-error.ts'
import { t } from '#lib/translate.ts'
import { type ConnectPort, type Discovery, ModelFailure } from '#ports/model.ts'
import { ask } from './ask.ts'
import { diagnose, type Surroundings } from './diagnose.ts'
import { identifyServer } from './identify-server.ts'
import { readModelList } from './model-list.ts'
import { type Asked, failureOfResponse } from './response-failure.ts'
import { type Fetch, NoAnswer } from './send-request.ts'
import { type SetTimer, setTimer as setRealTimer } from './set-timer.ts'
import { testModel } from './test-model.ts'

export interface ConnectOptions extends Surroundings {
  readonly fetch: Fetch
  /** Unix milliseconds. */
  readonly now?: () => number
  readonly setTimer?: SetTimer
  /** How long a question about the server may take, in milliseconds. */
  readonly askMs?: number
  /** How long one call of the test may take, in milliseconds. */
  readonly callMs?: number
}

/** Finds out what is at an address and what it can do; see `ConnectPort`. Fails with nothing but `ModelFailure`. */
export function createConnectPort(options: ConnectOptions): ConnectPort {
  const { fetch, now = Date.now, setTimer = setRealTimer, askMs = 15_000, callMs = 30_000 } = options
  const explain = (asked: Asked, signal: AbortSignal): Promise<ModelError> =>
    diagnose({ ...options, asked, now, setTimer, signal })

  const discover = async (address: string, key: string | undefined, signal: AbortSignal): Promise<Discovery> => {
    const asking = { fetch, setTimer, signal, limitMs: askMs, ...(key && { key }) }
    let refusal: ModelError = { kind: 'bad-address', address }
    for (const baseUrl of toBaseUrls(address)) {
      const asked = { baseUrl, model: '', ...(key && { key }) }
      const answer = await ask(`${baseUrl}/models`, asking)
      if (signal.aborted) throw stopped()
      if (!answer) throw new ModelFailure(await explain(asked, signal))
      const list = answer.ok ? readModelList(answer.text, baseUrl) : undefined
      if (list) return { baseUrl, ...(await identifyServer(list, baseUrl, asking)) }
      // The first address that was tried is the likeliest, so its refusal says most, unless it was only the path.
      const failure = failureOfList(answer, asked, now())
      if (refusal.kind === 'bad-address' || refusal.kind === 'wrong-path') refusal = failure
    }
    throw new ModelFailure(refusal)
  }

  const test: ConnectPort['test'] = async (discovery, model, key, signal, onStep) => {
    const asked = { baseUrl: discovery.baseUrl, model, ...(key && { key }) }
    try {
      const timing = { now, setTimer, idleMs: callMs, limitMs: callMs }
      return await testModel(discovery, model, { asked, fetch, ...timing, signal, onStep })
    } catch (error) {
      if (signal.aborted) throw stopped()
      throw error instanceof NoAnswer ? new ModelFailure(await explain(asked, signal)) : error
    }
  }

  return {
    discover: (address, key, signal) => failingOnly(discover(address, key, signal), signal),
    test: (...args) => failingOnly(test(...args), args[3]),
  }
}

function failureOfList(
  answer: { readonly ok: boolean; readonly status: number; readonly headers: Headers; readonly text: string },
  asked: Asked,
  now: number,
): ModelError {
  if (answer.ok) return { kind: 'wrong-path', baseUrl: asked.baseUrl, status: answer.status }
  const failure = failureOfResponse(answer, asked, now)
  return failure.kind === 'unknown-model'
    ? { kind: 'wrong-path', baseUrl: asked.baseUrl, status: answer.status }
    : failure
}

/** Whatever else is thrown is a bug of ours or of a dependency; the reader gets it as a failure that can be read. */
async function failingOnly<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  try {
    return await work
  } catch (error) {
    if (error instanceof ModelFailure) throw error
    if (signal.aborted) throw stopped()
    throw new ModelFailure({ kind: 'server-error', detail: error instanceof Error ? error.message : String(error) })
  }
}

function stopped(): ModelFailure {
  return new ModelFailure({ kind: 'cut', detail: t('It was stopped.') })
}
