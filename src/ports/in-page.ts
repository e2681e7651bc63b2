import type { Connection } from '#core/connection.ts'
import type { PartialWeights, Weights } from '#core/in-page/weights.ts'
import type { ModelPort } from './model.ts'

/** What this browser can do about a model of its own. */
export interface InPageSurroundings {
  /** Why none can run here; undefined where one can. */
  readonly obstacle?: 'no-webassembly' | 'no-large-memory'
  /** What may still be kept; undefined where the browser does not say, or keeps nothing. */
  readonly freeBytes?: number
  /** Files can be kept: the page came over https, or from this machine. */
  readonly keeps: boolean
  /** What the device has, in gigabytes, at most 8 as browsers tell it. */
  readonly deviceGigabytes?: number
  /** A graphics card can be used. */
  readonly hasGpu: boolean
}

export interface Progress {
  readonly bytes: number
  readonly totalBytes: number
}

/** What a server has, before anything is downloaded. */
export interface WeightsOffer {
  readonly name: string
  readonly urls: readonly string[]
  /** Of each file. */
  readonly sizes: readonly number[]
  readonly totalBytes: number
  readonly freeBytes?: number
}

/** The weights that this browser has. What fails fails with a `WeightsFailure`; what is aborted, with the signal's reason. */
export interface WeightsPort {
  list(): Promise<{ readonly whole: readonly Weights[]; readonly partial: readonly PartialWeights[] }>
  /** Asks a server how large a model is. */
  lookUp(url: string, signal: AbortSignal): Promise<WeightsOffer>
  /** Downloads and keeps what was looked up; goes on where it was begun before. What has come stays when it is aborted. */
  download(offer: WeightsOffer, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<Weights>
  /** Keeps a copy of files, or with `keeps` false opens them for this visit. */
  take(
    files: readonly File[],
    keeps: boolean,
    onProgress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Weights>
  remove(name: string): Promise<void>
}

/** What the engine is at. */
export type EngineStatus =
  | { readonly phase: 'off' }
  | { readonly phase: 'loading'; readonly model: string; readonly bytes: number; readonly totalBytes: number }
  /** Loaded, with nothing to do. */
  | ({ readonly phase: 'ready' } & Loaded)
  | ({ readonly phase: 'reading'; readonly tokens: number; readonly totalTokens: number } & Loaded)
  | ({ readonly phase: 'writing' } & Loaded)

interface Loaded {
  readonly model: string
  readonly usesGpu: boolean
  readonly loadMs: number
  /** How the last reply went, in tokens a second. */
  readonly pace?: { readonly reading?: number; readonly writing?: number }
}

export interface EnginePort {
  status(): EngineStatus
  /** Calls back when the status has changed; what it gives ends that. */
  subscribe(listener: () => void): () => void
  /** Frees the memory. A reply that is being made fails. */
  unload(): void
}

/** Models that run in this page. */
export interface InPagePort {
  readonly weights: WeightsPort
  readonly engine: EnginePort
  look(): Promise<InPageSurroundings>
  open(connection: Connection): ModelPort
}
