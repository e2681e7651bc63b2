import { type OwnSampling, ownSamplingOf, type Sampling, type ServerKind } from '#core/connection.ts'

/** Sampling fields that servers know beside OpenAI's own. */
export interface OwnSamplingFields {
  readonly top_k?: number
  readonly min_p?: number
  readonly repetition_penalty?: number
  readonly repeat_penalty?: number
}

/** What of `sampling` goes beyond OpenAI's own fields, by the names its server has for it; only what it takes. */
export function ownSamplingFields(kind: ServerKind, sampling: Sampling): OwnSamplingFields {
  const taken = ownSamplingOf(kind)
  const ifTaken = (name: OwnSampling) => (taken.includes(name) ? sampling[name] : undefined)
  const [topK, minP, penalty] = [ifTaken('topK'), ifTaken('minP'), ifTaken('repetitionPenalty')]
  const isRenamed = kind === 'llamacpp' || kind === 'lmstudio'
  return {
    ...(topK !== undefined && { top_k: topK }),
    ...(minP !== undefined && { min_p: minP }),
    ...(penalty !== undefined && (isRenamed ? { repeat_penalty: penalty } : { repetition_penalty: penalty })),
  }
}
