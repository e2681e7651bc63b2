import type { Capabilities, Connection, Sampling, ServerKind } from '#core/connection.ts'
import type { ModelError } from '#core/model-error.ts'

/** A message as a model takes it. */
export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

export interface ModelRequest {
  readonly messages: readonly ModelMessage[]
  /** Text the assistant's turn already begins with; never empty. Where the server can't, it is left out. */
  readonly prefill?: string
  readonly sampling: Sampling
  readonly stop: readonly string[]
}

/** What a stream brings, in order. `alive` is a sign of life that carries no text (a comment, a progress report). */
export type ModelPart =
  /** The request was accepted; `prefilled` says whether the reply goes on from `request.prefill`. */
  | { readonly type: 'stream-start'; readonly prefilled: boolean }
  | { readonly type: 'alive' }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | { readonly type: 'text-delta'; readonly text: string }
  | {
      readonly type: 'stream-end'
      /** `length` is the token limit or a full context; other values are shown as they are. */
      readonly finishReason: string
      readonly promptTokens?: number
      readonly completionTokens?: number
      /** Events of the stream that made no sense and were left out; absent when there were none. */
      readonly unreadableEvents?: number
    }

/** The one error a stream fails with. */
export class ModelFailure extends Error {
  readonly error: ModelError
  constructor(error: ModelError) {
    super(error.kind)
    this.name = 'ModelFailure'
    this.error = error
  }
}

/** A model behind a connection. */
export interface ModelPort {
  /**
   * Streams one reply. Fails with a `ModelFailure`; text that arrived before stays valid. Ends quietly when `signal`
   * is aborted, and gives the connection back when the loop over it is left. A prefill the server echoes is already
   * taken off.
   * @param ready all is prepared at once, but the request leaves when this has resolved. It never rejects: who does not
   *   want the request any more aborts `signal` first.
   */
  stream(request: ModelRequest, signal: AbortSignal, ready?: Promise<unknown>): AsyncIterable<ModelPart>
  /** A request that begins like this one will soon be streamed: what can be made ready for it may be. Nothing is sent. */
  expect?(request: ModelRequest): void
  /** The HTTP request that `stream` would send, byte for byte; nothing is sent. */
  describe(request: ModelRequest): RequestDescription
  /** How many tokens the prompt takes by the server's own count; undefined where it has none or does not answer. */
  count(request: ModelRequest, signal: AbortSignal): Promise<number | undefined>
}

/** A request as it goes over the wire, its key left out. */
export interface RequestDescription {
  readonly url: string
  /** JSON. */
  readonly body: string
  /** A key goes with it, in the `authorization` header. */
  readonly hasKey: boolean
  /** The reply will go on from the prefill. */
  readonly prefilled: boolean
}

/** Gives the model behind a connection. */
export type OpenModel = (connection: Connection) => Promise<ModelPort>

/** What is found at an address that was pasted into the Connect field. */
export interface Discovery {
  readonly baseUrl: string
  readonly kind: ServerKind
  readonly models: readonly { readonly id: string; readonly contextTokens?: number }[]
}

/** Finds out what is at an address and what it can do. Fails with a `ModelFailure`, also (`cut`) when it is aborted. */
export interface ConnectPort {
  /** Lists models; tries the address with and without `/v1`. */
  discover(address: string, key: string | undefined, signal: AbortSignal): Promise<Discovery>
  /**
   * Tests the format with a few short calls and finds out how a prefill is taken. `onStep` reports, in words for a
   * reader, what is being tried. `sample` is the model's reply, the prefill included.
   */
  test(
    discovery: Discovery,
    model: string,
    key: string | undefined,
    signal: AbortSignal,
    onStep: (step: string) => void,
  ): Promise<{
    readonly capabilities: Capabilities
    readonly transport: Connection['transport']
    readonly sample: string
  }>
}
