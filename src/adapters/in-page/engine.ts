import type { EnginePort, EngineStatus } from '#ports/in-page.ts'
import { type Llama, type LlamaChunk, type LoadSettings, openLlama } from './llama.ts'
import { LlamaFailure } from './llama-failure.ts'
import type { WorkerLike } from './worker-calls.ts'

/** What is asked of the engine. */
export interface EngineRequest {
  readonly model: string
  readonly contextTokens: number
  /** As llama.cpp's server takes it. */
  readonly body: object
  readonly isChat: boolean
}

export interface Engine extends EnginePort {
  /**
   * Loads the model where it is not loaded, and streams the reply. Requests wait for each other. Ends quietly, and at
   * once, when `signal` is aborted; throws a `LlamaFailure`.
   */
  run(request: EngineRequest, signal: AbortSignal): AsyncGenerator<LlamaChunk, void, undefined>
}

interface Options {
  readonly openWorker: (settings: Pick<LoadSettings, 'usesGpu'>) => WorkerLike
  readonly openWeights: (model: string) => Promise<readonly Blob[] | undefined>
  /** Whether a graphics card can be had. */
  readonly findGpu: () => Promise<boolean>
  readonly suspends: boolean
  /** Milliseconds, of whatever beginning. */
  readonly now: () => number
  /** How long an engine may be silent before it counts as stalled, in milliseconds. */
  readonly patienceMs?: number
}

/** Tokens that are read at once. On a slow processor a second or two: a stop waits no longer. */
const batchTokens = 64

/** The engine is silent. */
export class EngineStalled extends Error {
  readonly silentMs: number
  constructor(silentMs: number) {
    super('The engine is silent.')
    this.silentMs = silentMs
  }
}

interface Held {
  readonly llama: Llama
  readonly model: string
  readonly contextTokens: number
  readonly usesGpu: boolean
  readonly loadMs: number
  pace?: { readonly reading?: number; readonly writing?: number }
}

/** One engine for the page, with one model in it at a time, which stays until it is unloaded or another is wanted. */
export function createEngine({
  openWorker,
  openWeights,
  findGpu,
  suspends,
  now,
  patienceMs = 120_000,
}: Options): Engine {
  let status: EngineStatus = { phase: 'off' }
  let held: Held | undefined
  let loading: AbortController | undefined
  let lastTurn: Promise<unknown> = Promise.resolve()
  let mayUseGpu = true
  const listeners = new Set<() => void>()

  function tell(next: EngineStatus) {
    status = next
    for (const listener of listeners) listener()
  }

  function drop() {
    held?.llama.close()
    held = undefined
    tell({ phase: 'off' })
  }

  async function load({ model, contextTokens }: EngineRequest): Promise<Held> {
    if (held?.model === model && held.contextTokens === contextTokens) return held
    drop()
    const aborter = new AbortController()
    loading = aborter
    try {
      const weights = await openWeights(model)
      if (!weights) throw new LlamaFailure('gone', model)
      const totalBytes = weights.reduce((sum, { size }) => sum + size, 0)
      const startedAt = now()
      const begin = async (usesGpu: boolean): Promise<Held> => {
        let bytes = 0
        tell({ phase: 'loading', model, bytes, totalBytes })
        const llama = await openLlama({
          openWorker: () => openWorker({ usesGpu }),
          weights,
          settings: { contextTokens, batchTokens, usesGpu },
          suspends,
          onRead: (count) => {
            // Heads are read more than once.
            bytes = Math.min(totalBytes, bytes + count)
            tell({ phase: 'loading', model, bytes, totalBytes })
          },
          signal: aborter.signal,
        })
        return { llama, model, contextTokens, usesGpu, loadMs: now() - startedAt }
      }
      const usesGpu = mayUseGpu && suspends && (await findGpu())
      held = await begin(usesGpu).catch((error) => {
        if (!usesGpu || aborter.signal.aborted) throw error
        // A card that is there and can't do it is no reason to do without.
        mayUseGpu = false
        return begin(false)
      })
      return held
    } catch (error) {
      drop()
      throw error
    } finally {
      loading = undefined
    }
  }

  async function* work(request: EngineRequest, signal: AbortSignal): AsyncGenerator<LlamaChunk, void, undefined> {
    const engine = await load(request)
    if (signal.aborted) {
      tell({ phase: 'ready', ...about(engine) })
      return
    }
    tell({ phase: 'reading', tokens: 0, totalTokens: 0, ...about(engine) })
    try {
      for await (const chunk of engine.llama.complete(request.body, request.isChat)) {
        const { prompt_progress: progress, timings } = chunk
        if (progress) {
          tell({ phase: 'reading', tokens: progress.processed, totalTokens: progress.total, ...about(engine) })
        } else if (status.phase === 'reading') tell({ phase: 'writing', ...about(engine) })
        if (timings) engine.pace = paceOf(timings)
        yield chunk
        if (signal.aborted) break
      }
    } catch (error) {
      if (!(error instanceof LlamaFailure) || error.problem !== 'asked-wrong') drop()
      throw error
    } finally {
      if (held === engine) tell({ phase: 'ready', ...about(engine) })
    }
  }

  /** One after the other; who does not want to wait any more is passed over. */
  async function takeTurn(): Promise<() => void> {
    const before = lastTurn
    let end = () => {}
    lastTurn = new Promise<void>((resolve) => {
      end = resolve
    })
    await before
    return end
  }

  return {
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    unload: () => {
      loading?.abort()
      drop()
    },
    run: async function* (request, signal) {
      const turn = takeTurn()
      const stopped = abortOf(signal)
      const endTurn = await Promise.race([turn, stopped.promise])
      if (endTurn === undefined) {
        void turn.then((end) => end())
        return
      }
      const chunks = work(request, signal)
      // The engine heeds a stop at its next token or batch; who stopped does not wait for that, the next request does.
      const close = () => chunks.return(undefined).then(endTurn, endTurn)
      let hasBegun = false
      try {
        while (true) {
          // Loading may take as long as it takes.
          const silence = createSilence(hasBegun ? patienceMs : undefined)
          const next = await Promise.race([chunks.next(), stopped.promise, silence.promise]).finally(silence.end)
          if (next === undefined || next.done) return
          hasBegun = true
          yield next.value
        }
      } catch (error) {
        if (error instanceof EngineStalled) drop()
        if (!signal.aborted) throw error
      } finally {
        stopped.end()
        void close()
      }
    },
  }
}

function about({ model, usesGpu, loadMs, pace }: Held) {
  return { model, usesGpu, loadMs, ...(pace && { pace }) }
}

function paceOf(timings: NonNullable<LlamaChunk['timings']>): NonNullable<Held['pace']> {
  const { prompt_per_second: reading, predicted_per_second: writing } = timings
  return { ...(reading !== undefined && { reading }), ...(writing !== undefined && { writing }) }
}

function abortOf(signal: AbortSignal): { readonly promise: Promise<undefined>; readonly end: () => void } {
  let stop = () => {}
  const promise = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined)
  })
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  return { promise, end: () => signal.removeEventListener('abort', stop) }
}

function createSilence(ms: number | undefined): { readonly promise: Promise<never>; readonly end: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const promise = new Promise<never>((_, reject) => {
    if (ms !== undefined) timer = setTimeout(() => reject(new EngineStalled(ms)), ms)
  })
  return { promise, end: () => clearTimeout(timer) }
}
