/** Ways to go wrong. `at` says after how many bytes of the body the first four do. */
export const faults = [
  /** The socket is reset. */
  'drop',
  /** The body ends properly, but early. */
  'cut',
  /** Nothing more comes, and the connection stays open. */
  'stall',
  /** An error object inside the stream. */
  'error',
  '400',
  '401',
  '403',
  '404',
  '422',
  '429',
  '500',
  /** The model is loading. */
  '503',
  /** The prompt is too long, in the words of the server's kind. */
  'overflow',
  /** A web page with status 200. */
  'html',
  /** A web page with status 502. */
  'gateway',
  /** The whole completion as one JSON document. */
  'json',
  /** A JSON error with status 200. */
  'json-error',
  /** One JSON object a line. */
  'ndjson',
  /** Status 200 and nothing else. */
  'nothing',
  /** No `[DONE]` at the end. */
  'no-done',
  /** `[DONE]`, but no finish reason. */
  'no-finish',
  /** The model ends its turn at once. */
  'empty',
  /** Out of tokens in the middle of planning. */
  'length',
  /** Events with null, missing and senseless fields among the others. */
  'oddities',
  /** The answer carries no CORS headers, and neither does the preflight. */
  'nocors',
  /** The connection is closed before any header. */
  'hangup',
] as const

export type Fault = (typeof faults)[number]

/** How one request is answered. Everything is optional: the default is a good reply, sent at once. */
export interface Behaviour {
  readonly fault?: Fault
  /** Bytes of the body after which `drop`, `cut`, `stall` and `error` strike. */
  readonly at?: number
  /** In tokens a second; 0 sends at once. */
  readonly rate?: number
  /** About how long the reply is, in tokens of four characters. */
  readonly tokens?: number
  /** Milliseconds until the headers: a busy server's queue. */
  readonly queue?: number
  /** More requests of this model at once are refused with 429. */
  readonly most?: number
  /** Milliseconds from the headers to the first token. */
  readonly first?: number
  /** Milliseconds between comments while the first token is waited for. */
  readonly comments?: number
  /** Every byte is written by itself. */
  readonly split?: 'byte'
  /** Characters in a delta. */
  readonly delta?: number
  /** CR LF line ends. */
  readonly crlf?: boolean
  /** What is done with an assistant message at the end, whatever the server's kind does. */
  readonly prefill?: 'echo' | 'continue' | 'restart' | 'refuse'
  /** What is sent as reasoning instead of content. */
  readonly reasoning?: 'planning' | 'all'
  readonly field?: 'reasoning_content' | 'reasoning' | 'both'
  /** A model that knows HER's tags, or one that does not. */
  readonly format?: 'her' | 'plain'
  readonly seed?: number
  /** `Retry-After`, as it is sent. */
  readonly retryAfter?: string
  /** The reply, word for word. Only from a script: model ids have no room for it. */
  readonly text?: string
  /** The body, byte for byte (a recording). Only from a script. */
  readonly body?: string | Uint8Array
  readonly contentType?: string
  readonly status?: number
  /** Sent beside those of the imitated server. Only from a script. */
  readonly headers?: Readonly<Record<string, string>>
}

const numbers = ['at', 'most', 'rate', 'tokens', 'queue', 'first', 'comments', 'delta', 'seed', 'status'] as const

/**
 * Reads a behaviour out of a model id: `her`, `plain`, `her;rate=40;tokens=300`, `fault:drop;at=300`,
 * `fault:429;retry-after=2`. Undefined when the id names no model of ours.
 */
export function readBehaviour(model: string): Behaviour | undefined {
  const [name = '', ...settings] = model.split(';')
  const fault = name.startsWith('fault:') ? faults.find((known) => known === name.slice(6)) : undefined
  if (!fault && name !== 'her' && name !== 'plain') return undefined
  const entries = settings.map((setting): [string, unknown] => {
    const [key = '', value = 'true'] = setting.split('=')
    if (key === 'retry-after') return ['retryAfter', value]
    if (numbers.some((known) => known === key)) return [key, Number(value)]
    return [key, value === 'true' ? true : value]
  })
  return { ...Object.fromEntries(entries), ...(fault && { fault }), ...(name === 'plain' && { format: 'plain' }) }
}

/** The ids that are listed; any other combination answers as well. */
export const listedModels: readonly string[] = [
  'her',
  'her;rate=40',
  'her;rate=200;tokens=2000',
  'her;reasoning=planning',
  'her;reasoning=all',
  'plain',
  ...faults.map((fault) => `fault:${fault}`),
]
