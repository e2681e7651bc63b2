import type { Turn } from '#core/conversation/turn.ts'
import { isWhole, type PromptSeal, sealPrompt } from '#core/prompt/prompt-seal.ts'
import type { Knower } from '#core/prompt/seal-secrets.ts'
import type { Cast } from '#core/scene/cast.ts'
import { ModelFailure, type ModelPart, type ModelPort, type ModelRequest } from '#ports/model.ts'

/** What a request was made of, and in whose name it is read. */
export interface Sealing {
  /** Oldest first. */
  readonly path: readonly Turn[]
  readonly knower: Knower
  readonly cast: Cast
  /** What the reader had the reply begin with. */
  readonly begun?: string | undefined
}

/** A request about a story, with what it takes to look through it once more. */
export interface Sealable {
  readonly request: ModelRequest
  readonly sealing: Sealing
}

const seals = new WeakMap<ModelRequest, PromptSeal>()

/** Looks through a request as it would leave. */
export function sealOf({ request, sealing }: Sealable): PromptSeal {
  const known = seals.get(request)
  if (known) return known
  const seal = sealPrompt({ payload: request, ...sealing })
  seals.set(request, seal)
  return seal
}

/**
 * Sends a request about a story: the only way by which one leaves. One that holds what is not its character's to know
 * stays here, and the stream fails with a sentence about it.
 */
export async function* sendSealed(
  model: ModelPort,
  sealable: Sealable,
  signal: AbortSignal,
  ready?: Promise<unknown>,
): AsyncGenerator<ModelPart> {
  const seal = sealOf(sealable)
  if (!isWhole(seal)) {
    throw new ModelFailure({ kind: 'unsealed', thoughts: seal.foreignThoughts, lines: seal.unheardLines })
  }
  yield* model.stream(sealable.request, signal, ready)
}
