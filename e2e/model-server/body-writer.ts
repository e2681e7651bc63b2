import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate as nextTick, setTimeout as sleep } from 'node:timers/promises'
import type { Behaviour } from './behaviour.ts'

export interface BodyWriter {
  /** Writes a stretch of the body. False when the body is over: a fault struck, or the client has gone. */
  readonly write: (text: string | Uint8Array) => Promise<boolean>
}

/** In milliseconds: long enough for any test's patience. */
const forever = 2 ** 31 - 1

/** Writes a body in the way `behaviour` wants: byte by byte, with CR LF, and only up to the byte where a fault strikes. */
export function createBodyWriter(
  response: ServerResponse,
  { fault, at = 600, split, crlf }: Behaviour,
  signal: AbortSignal,
): BodyWriter {
  const strikes = fault === 'drop' || fault === 'cut' || fault === 'stall'
  let written = 0
  const put = async (bytes: Uint8Array): Promise<void> => {
    if (signal.aborted || bytes.length === 0) return
    if (!response.write(bytes)) await once(response, 'drain', { signal }).catch(() => undefined)
  }
  return {
    write: async (text) => {
      const bytes = typeof text === 'string' ? Buffer.from(crlf ? text.replaceAll('\n', '\r\n') : text) : text
      const allowed = strikes ? bytes.subarray(0, Math.max(0, at - written)) : bytes
      written += bytes.length
      if (split === 'byte') {
        for (let index = 0; index < allowed.length && !signal.aborted; index += 1) {
          await put(allowed.subarray(index, index + 1))
          await nextTick()
        }
      } else await put(allowed)
      if (signal.aborted) return false
      if (!strikes || written < at) return true
      // What was written must be on its way before the socket goes.
      await sleep(20)
      if (fault === 'drop') response.destroy()
      else if (fault === 'cut') response.end()
      else await sleep(forever, undefined, { signal }).catch(() => undefined)
      return false
    },
  }
}
