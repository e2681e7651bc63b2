/**
 * Sets a generator going before anyone takes what it gives; it waits at the first thing it gives. To be gone through once,
 * and left as any other: its clean-up runs.
 */
export function begun<Value>(values: AsyncGenerator<Value, unknown, undefined>): AsyncIterable<Value> {
  const first = values.next()
  // Whoever goes through it hears of it.
  first.catch(() => undefined)
  return {
    [Symbol.asyncIterator]: async function* () {
      try {
        for (let next = await first; !next.done; next = await values.next()) yield next.value
      } finally {
        await values.return(undefined)
      }
    },
  }
}
