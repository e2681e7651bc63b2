import { WeightsFailure } from '#core/in-page/weights.ts'

interface Stretch {
  readonly url: string
  /** What is there already. */
  readonly from: number
  /** Of the whole file. */
  readonly totalBytes: number
}

interface Options {
  readonly fetch: typeof fetch
  readonly signal: AbortSignal
  /** How long a download may stand still before it is asked for anew, in milliseconds. */
  readonly patienceMs?: number
  /** Before it is asked for anew, in milliseconds. */
  readonly pauseMs?: number
}

/** So often a download is asked for anew that brought nothing since the last time. */
const mostTries = 3

/**
 * The rest of a file, as it comes. A connection that breaks or stands still is asked for anew, from where it was; after
 * three times for nothing it counts as dropped. `restart` is given where a server can't go on in the middle: then the
 * file comes from its first byte. Never gives more or less than the whole: a server that has another file now is refused.
 */
export async function* fetchWeights(
  { url, from, totalBytes }: Stretch,
  { fetch, signal, patienceMs = 30_000, pauseMs = 1000 }: Options,
): AsyncGenerator<Uint8Array<ArrayBuffer> | 'restart', void, undefined> {
  const host = hostOf(url)
  let have = from
  let furthest = from
  for (let tries = 0; have < totalBytes; tries++) {
    if (tries >= mostTries) throw new WeightsFailure({ kind: 'dropped', host })
    if (tries > 0) await pause(pauseMs * tries, signal)
    const patience = createPatience(signal, patienceMs)
    try {
      const response = await fetch(url, {
        signal: patience.signal,
        headers: have > 0 ? { range: `bytes=${have}-` } : {},
      })
      if (have > 0 && response.status === 200) {
        have = 0
        yield 'restart'
      }
      judge(response, host, have, totalBytes)
      for await (const bytes of response.body ?? new Blob([]).stream()) {
        patience.begin()
        if (have + bytes.byteLength > totalBytes) throw new WeightsFailure({ kind: 'changed', host })
        have += bytes.byteLength
        // What came before already, of a server that begins anew each time, is no progress.
        if (have > furthest) tries = 0
        furthest = Math.max(furthest, have)
        // Whoever writes them may take its time.
        patience.pause()
        yield bytes as Uint8Array<ArrayBuffer>
        patience.begin()
      }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof WeightsFailure) throw error
      // Else it broke off, and is asked for anew.
    } finally {
      patience.end()
    }
  }
}

/** How large a file is, by its server. */
export async function sizeOf(url: string, fetch: typeof globalThis.fetch, signal: AbortSignal): Promise<number> {
  const host = hostOf(url)
  let response: Response
  try {
    response = await fetch(url, { method: 'HEAD', signal })
  } catch {
    signal.throwIfAborted()
    throw new WeightsFailure({ kind: 'no-answer', host })
  }
  if (!response.ok) throw new WeightsFailure({ kind: 'refused', host, status: response.status })
  const size = lengthOf(response)
  if (size === undefined) throw new WeightsFailure({ kind: 'no-size', host })
  return size
}

function judge(response: Response, host: string, have: number, totalBytes: number): void {
  const { status } = response
  if (status === 416) throw new WeightsFailure({ kind: 'changed', host })
  // A server that is overworked may be better in a moment.
  if (status === 429 || status >= 500) throw new Error(`status ${status}`)
  if (!response.ok) throw new WeightsFailure({ kind: 'refused', host, status })
  const length = lengthOf(response)
  if (length !== undefined && length !== totalBytes - have) throw new WeightsFailure({ kind: 'changed', host })
}

/** A compressed answer's length says nothing of the file's. */
function lengthOf({ headers }: Response): number | undefined {
  const length = Number(headers.get('content-length') ?? '')
  return Number.isSafeInteger(length) && length > 0 && !headers.get('content-encoding') ? length : undefined
}

function createPatience(outer: AbortSignal, patienceMs: number) {
  const own = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const pause = () => clearTimeout(timer)
  const begin = () => {
    pause()
    timer = setTimeout(() => own.abort(), patienceMs)
  }
  begin()
  const end = () => {
    pause()
    own.abort()
  }
  return { signal: AbortSignal.any([outer, own.signal]), begin, pause, end }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}

function hostOf(url: string): string {
  return new URL(url).host
}
