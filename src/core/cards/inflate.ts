import { Inflate, Unzlib } from 'fflate'
import { concatBytes } from '#lib/bytes.ts'
import { err, ok, type Result } from '#lib/result.ts'

/**
 * Fed in steps, as a step may unfold to a thousand times its size before it can be counted: small ones while it unfolds
 * that much, larger ones, which cost less, while it does not.
 */
const steps = { small: 1024, large: 16_384 }

class TooLarge extends Error {}

/**
 * Inflates a zlib stream, or the bare deflate stream of a zip, stopping as soon as it gives more than `limit` bytes: a
 * few kilobytes can unfold to gigabytes.
 */
export function inflate(
  packed: Uint8Array,
  limit: number,
  form: 'zlib' | 'deflate' = 'zlib',
): Result<Uint8Array, 'too-large' | 'damaged'> {
  const parts: Uint8Array[] = []
  let length = 0
  const take = (part: Uint8Array) => {
    length += part.length
    if (length > limit) throw new TooLarge()
    parts.push(part)
  }
  const stream = form === 'zlib' ? new Unzlib(take) : new Inflate(take)
  try {
    let step = steps.small
    for (let at = 0; at < packed.length || at === 0; ) {
      const before = length
      const end = at + step
      stream.push(packed.subarray(at, end), end >= packed.length)
      step = length - before > 4 * steps.large ? steps.small : steps.large
      at = end
    }
    return ok(concatBytes(parts))
  } catch (failure) {
    return err(failure instanceof TooLarge ? 'too-large' : 'damaged')
  }
}
