import type { Turn } from '#core/conversation/turn.ts'
import type { PromptSeal } from '#core/prompt/prompt-seal.ts'
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

/** A reply will be asked for: the code that looks through its request may come meanwhile. */
export function loadSeal() {
  loading ??= import('#core/prompt/prompt-seal.ts').catch((error) => {
    // Where it can't be had now it is asked for again.
    loading = undefined
    throw error
  })
  return loading
}

let loading: Promise<typeof import('#core/prompt/prompt-seal.ts')> | undefined

const seals = new WeakMap<ModelRequest, Promise<PromptSeal>>()

/** Looks through a request as it would leave. Its code comes with the first one. */
export function sealOf({ request, sealing }: Sealable): Promise<PromptSeal> {
  const known = seals.get(request)
  if (known) return known
  const seal = loadSeal().then(({ sealPrompt }) => sealPrompt({ payload: request, ...sealing }))
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
  const { leaks, foreignThoughts, unheardLines } = await sealOf(sealable)
  if (leaks.length > 0) throw new ModelFailure({ kind: 'unsealed', thoughts: foreignThoughts, lines: unheardLines })
  // Whoever stopped it meanwhile wants nothing sent.
  if (!signal.aborted) yield* model.stream(sealable.request, signal, ready)
}
