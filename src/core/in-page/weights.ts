import type { GgufHead } from '../gguf/read-gguf.ts'

/** A model's weights, as this browser has them. */
export interface Weights {
  /** The name of its (first) file, by which a connection finds it. */
  readonly name: string
  readonly bytes: number
  readonly head: GgufHead
  /** Where it was downloaded from. */
  readonly url?: string
  /** It was opened for this visit, and is gone with the page. */
  readonly isForThisVisit?: true
}

/** What was begun and is not whole: a download can go on, a copy of a file only be begun anew. */
export interface PartialWeights {
  readonly name: string
  readonly url?: string
  readonly bytes: number
  readonly totalBytes: number
}

/** Why weights can't be had or used. Each has a sentence (`describeWeightsProblem`). */
export type WeightsProblem =
  | { readonly kind: 'bad-url' }
  | { readonly kind: 'not-gguf'; readonly name: string }
  | { readonly kind: 'old-version'; readonly name: string; readonly version: number }
  | { readonly kind: 'spoiled'; readonly name: string; readonly what: string }
  | { readonly kind: 'truncated'; readonly name: string; readonly bytes: number; readonly leastBytes: number }
  /** A part of a split model is missing, or there is one too many. */
  | { readonly kind: 'parts'; readonly found: number; readonly wanted: number }
  /** The engine's memory has no room for it, whatever the device has. */
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'no-room'; readonly bytes: number; readonly freeBytes: number }
  | { readonly kind: 'no-answer'; readonly host: string }
  | { readonly kind: 'refused'; readonly host: string; readonly status: number }
  | { readonly kind: 'no-size'; readonly host: string }
  /** The connection broke off, more than once; what has come is kept. */
  | { readonly kind: 'dropped'; readonly host: string }
  /** What the server has now is not what was begun. */
  | { readonly kind: 'changed'; readonly host: string }
  | { readonly kind: 'disk'; readonly detail: string }

/** The one error that getting weights fails with. */
export class WeightsFailure extends Error {
  readonly problem: WeightsProblem
  constructor(problem: WeightsProblem) {
    super(problem.kind)
    this.name = 'WeightsFailure'
    this.problem = problem
  }
}
