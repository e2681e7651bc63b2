import { Unzlib } from 'fflate'
import { concatBytes } from '#lib/bytes.ts'
import { err, ok, type Result } from '#lib/result.ts'

/** Fed in small steps, as one step may unfold to a thousand times its size before it can be counted. */
const step = 1024

class TooLarge extends Error {}

/**
 * Inflates a zlib stream, stopping as soon as it gives more than `limit` bytes: a few kilobytes can unfold to
 * gigabytes.
 */
export function inflate(zlib: Uint8Array, limit: number): Result<Uint8Array, 'too-large' | 'damaged'> {
  const parts: Uint8Array[] = []
  let length = 0
  const stream = new Unzlib((part) => {
    length += part.length
    if (length > limit) throw new TooLarge()
    parts.push(part)
  })
  try {
    for (let at = 0; at < zlib.length || at === 0; at += step) {
      stream.push(zlib.subarray(at, at + step), at + step >= zlib.length)
    }
    return ok(concatBytes(parts))
  } catch (failure) {
    return err(failure instanceof TooLarge ? 'too-large' : 'damaged')
  }
}
