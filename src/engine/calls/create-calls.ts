import { type CallOutcome, readOutcome } from '#core/call-outcome.ts'
import type { JsonValue } from '#core/job.ts'
import type { ModelError } from '#core/model-error.ts'
import type { Journal } from '#ports/journal.ts'
import { ModelFailure, type ModelRequest } from '#ports/model.ts'
import { type FailureKind, failureKind, retryAfterOf } from './call-failure.ts'
import { createLanes, type Lane, type LaneOptions } from './lanes.ts'

/** Tries of one request that may do better the next time. */
const mostTries = 4
/** How long an endpoint that is away, or refuses everything, is waited for before a job stops, in milliseconds. */
const patienceMs = 15 * 60_000
/** Before a request is tried again, in milliseconds: twice as long each time. */
const firstRetryMs = 500

/** How far the calls of a job are. */
export interface CallsProgress {
  /** Answered by an endpoint since the job was begun or gone on with. */
  readonly answered: number
  /** Answered from the journal. */
  readonly replayed: number
  readonly failed: number
  readonly retried: number
  readonly inFlight: number
  /** How many may be under way at once, as far as is known. */
  readonly atOnce: number
  readonly waiting: number
  /** All endpoints ask to wait until then, in unix milliseconds. */
  readonly closedUntil?: number
  /** Of all answers, those of the journal too, where the server counts. */
  readonly promptTokens: number
  readonly completionTokens: number
}

export interface CallsOptions extends LaneOptions {
  readonly journal: Journal
  /** In [0, 1): so that what failed together is not tried again together. Decides nothing else. */
  readonly random: () => number
  readonly onProgress?: (progress: CallsProgress) => void
}

/** Calls of a job that is journaled. */
export interface Calls {
  /**
   * Answers a request, from the journal if it has the key, else from an endpoint. What it resolves to is in the journal.
   * Rejects with the signal's reason when that is aborted, with a `ModelFailure` where no request can succeed until
   * somebody has seen to it, and with a `StorageFailure` when the journal can't be written; nothing is journaled then.
   * @param key says where in the job it is, and nothing else: the same whenever the job is begun again.
   */
  ask(key: string, request: ModelRequest, signal: AbortSignal): Promise<CallOutcome>
  readonly progress: CallsProgress
}

export function createCalls(options: CallsOptions): Calls {
  const { journal, now, wait, random, onProgress } = options
  const lanes = createLanes(options)
  const asking = new Map<string, Promise<CallOutcome>>()
  const counts = { answered: 0, replayed: 0, failed: 0, retried: 0, promptTokens: 0, completionTokens: 0 }

  return {
    ask: (key, request, signal) => {
      const known = asking.get(key)
      if (known) return known
      const asked = answer(key, request, signal)
      asking.set(key, asked)
      const forget = () => asking.delete(key)
      asked.then(forget, forget)
      return asked
    },
    get progress() {
      return progress()
    },
  }

  function progress(): CallsProgress {
    return { ...counts, ...lanes.state(now()) }
  }

  async function answer(key: string, request: ModelRequest, signal: AbortSignal): Promise<CallOutcome> {
    signal.throwIfAborted()
    const known = readOutcome(journal.get(key))
    const outcome = known ?? (await fetchOutcome(request, signal))
    if (!known) await journal.append(key, outcome as unknown as JsonValue)
    counts[known ? 'replayed' : outcome.kind] += 1
    if (outcome.kind === 'answered') {
      counts.promptTokens += outcome.promptTokens ?? 0
      counts.completionTokens += outcome.completionTokens ?? 0
    }
    onProgress?.(progress())
    return outcome
  }

  async function fetchOutcome(request: ModelRequest, signal: AbortSignal): Promise<CallOutcome> {
    const begun = now()
    for (let tries = 1; ; ) {
      const lane = await lanes.enter(signal)
      onProgress?.(progress())
      try {
        const outcome = await readReply(lane, request, signal)
        lane.gate.succeed()
        return outcome
      } catch (error) {
        if (!(error instanceof ModelFailure) || signal.aborted) {
          lane.gate.leave()
          signal.throwIfAborted()
          throw error
        }
        const kind = kindOf(error.error)
        if (kind === 'busy') lane.gate.refuse(now(), retryAfterOf(error.error))
        else if (kind === 'away') lane.gate.fail(now())
        else lane.gate.leave()
        if (kind === 'stop') throw error
        const isOver = kind === 'again' ? tries >= mostTries : kind === 'request'
        if (isOver) return { kind: 'failed', error: error.error }
        if (kind !== 'again' && now() - begun > patienceMs) throw error
        if (kind === 'again') {
          await wait(firstRetryMs * 2 ** (tries - 1) * (0.5 + random()), signal)
          tries += 1
        }
        counts.retried += 1
      } finally {
        lanes.moveUp()
      }
    }
  }

  /** What looks like a server without CORS is a connection that broke, once that server has answered. */
  function kindOf(error: ModelError): FailureKind {
    return error.kind === 'cors' && counts.answered > 0 ? 'away' : failureKind(error)
  }

  async function readReply({ model }: Lane, request: ModelRequest, signal: AbortSignal): Promise<CallOutcome> {
    const begun = now()
    const texts: string[] = []
    const reasonings: string[] = []
    for await (const part of model.stream(request, signal)) {
      if (part.type === 'text-delta') texts.push(part.text)
      else if (part.type === 'reasoning-delta') reasonings.push(part.text)
      else if (part.type === 'stream-end') {
        const { finishReason, promptTokens, completionTokens } = part
        return {
          kind: 'answered',
          text: texts.join(''),
          reasoning: reasonings.join(''),
          finishReason,
          ...(promptTokens !== undefined && { promptTokens }),
          ...(completionTokens !== undefined && { completionTokens }),
          ms: now() - begun,
        }
      }
    }
    // It ends quietly when it is stopped.
    signal.throwIfAborted()
    throw new ModelFailure({ kind: 'cut' })
  }
}
