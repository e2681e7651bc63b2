import { canContinue } from '#core/connection.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import type { ModelPart, ModelPort } from '#ports/model.ts'
import type { PreparedReply } from './prepared-reply.ts'
import { sendSealed } from './send-sealed.ts'

/** What is known of a reply while it is written. */
export interface Writing {
  /** The planning that is still open; undefined when there is none (yet, or any more). */
  readonly openPlanning: () => string | undefined
  /** Closes the open planning. Gives the whole reply as far as it is written, in HER's form. */
  readonly closePlanning: () => string
  /** Planning was closed, or the reply ended, at this limit. */
  readonly onLimit: (tokens: number) => void
}

/** So many characters between two looks at the length of the planning: about ten tokens. */
const lookEvery = 40

/** What a reply gets after its planning, however little is left, in tokens. */
const leastWords = 256

/**
 * A model's reply whose planning stays within the connection's limit, so that it can't starve what is to be said. When
 * it grows past that the request is given up, planning is closed where it stands, and a second request goes on from
 * `…</system_thinking>`. A server that can't go on from given words ends there as if its tokens had run out.
 * @param ready the request leaves when this has resolved.
 */
export async function* streamWithinPlan(
  opening: ModelPort | Promise<ModelPort>,
  prepared: PreparedReply,
  signal: AbortSignal,
  writing: Writing,
  ready?: Promise<unknown>,
): AsyncGenerator<ModelPart> {
  const { connection, request, sealing, stopAfterPlanning } = prepared
  const model = await opening
  const limit = connection.prompt?.planningTokens
  const factor = connection.tokenFactor ?? 1
  let isOver = false
  let lookedAt = 0
  for await (const part of sendSealed(model, prepared, signal, ready)) {
    yield part
    if (limit === undefined || (part.type !== 'text-delta' && part.type !== 'reasoning-delta')) continue
    const planning = writing.openPlanning() ?? ''
    if (planning.length < lookedAt + lookEvery) continue
    lookedAt = planning.length
    isOver = estimateTokens(planning) * factor > limit
    if (isOver) break
  }
  if (!isOver || limit === undefined || signal.aborted) return
  writing.onLimit(limit)
  if (!canContinue(connection)) {
    yield { type: 'stream-end', finishReason: 'length' }
    return
  }
  const { sampling } = request
  const maxTokens = Math.min(sampling.maxTokens, Math.max(leastWords, sampling.maxTokens - limit))
  const prefill = writing.closePlanning()
  const rest = {
    ...request,
    prefill,
    stop: stopAfterPlanning,
    sampling: { ...sampling, maxTokens },
  }
  const sealable = { request: rest, sealing: { ...sealing, begun: prefill } }
  for await (const part of sendSealed(model, sealable, signal)) if (part.type !== 'stream-start') yield part
}
