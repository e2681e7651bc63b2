/**
 * Everything that can go wrong between us and a model, as a small closed set. Each kind has a sentence and a remedy
 * (`describeModelError`); nothing else is shown to a reader, and nothing here ever holds a key.
 */
export type ModelError =
  /** What was typed into the Connect field is no http address. */
  | { readonly kind: 'bad-address'; readonly address: string }
  | { readonly kind: 'unreachable'; readonly baseUrl: string; readonly offline?: boolean }
  | { readonly kind: 'cors'; readonly baseUrl: string; readonly origin: string }
  | { readonly kind: 'mixed-content'; readonly baseUrl: string }
  /**
   * The browser's Local Network Access permission was refused or not yet given. `insecurePage`: it can't even be
   * asked for, since the page itself came over plain http.
   */
  | { readonly kind: 'local-network'; readonly baseUrl: string; readonly insecurePage?: boolean }
  /** Something answered that is not an OpenAI-compatible API: HTML, or 404. */
  | { readonly kind: 'wrong-path'; readonly baseUrl: string; readonly status: number; readonly detail?: string }
  /** `guessed`: the answer could not be read, but the server is there and refuses only what needs a key. */
  | { readonly kind: 'unauthorized'; readonly hasKey: boolean; readonly guessed?: boolean; readonly detail?: string }
  | { readonly kind: 'unknown-model'; readonly model: string; readonly detail?: string }
  | { readonly kind: 'rate-limited'; readonly retryAfterMs?: number; readonly detail?: string }
  /** The server is there and is still loading the model. */
  | { readonly kind: 'loading'; readonly retryAfterMs?: number; readonly detail?: string }
  | {
      readonly kind: 'context-too-long'
      readonly promptTokens?: number
      readonly contextTokens?: number
      readonly detail?: string
    }
  /** The request was understood and refused (400, 422) for a reason of its own. */
  | { readonly kind: 'rejected'; readonly status: number; readonly detail: string }
  | {
      readonly kind: 'server-error'
      readonly status?: number
      readonly retryAfterMs?: number
      readonly detail?: string
    }
  /** The stream fell silent for `silentMs` milliseconds. */
  | { readonly kind: 'stalled'; readonly silentMs: number }
  /** The stream ended without a finish reason: what arrived is kept. */
  | { readonly kind: 'cut'; readonly detail?: string }
  /** The model ended properly and said nothing at all. */
  | { readonly kind: 'empty'; readonly finishReason?: string }
  /**
   * The model in this page: its file is not here, there is not enough memory for it, the engine can't read it, could not
   * be started, or broke.
   */
  | {
      readonly kind: 'in-page'
      readonly problem: 'gone' | 'memory' | 'unfit' | 'refused' | 'broken'
      readonly detail?: string
    }
  /** We held the request back: it had what its character can't know in it. */
  | { readonly kind: 'unsealed'; readonly thoughts: number; readonly lines: number }
  /** The reply could not be written to this browser's disk. */
  | { readonly kind: 'storage-full'; readonly detail?: string }
