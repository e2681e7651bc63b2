/**
 * Does something with each of some things, `limit` at most at a time, in their order. Where one fails, or the signal says
 * so, nothing more is begun; it ends when what was begun has ended.
 */
export async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  act: (item: Item) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  let next = 0
  let failure: { readonly error: unknown } | undefined
  async function work(): Promise<void> {
    while (next < items.length && !failure && !signal?.aborted) {
      const item = items[next] as Item
      next += 1
      try {
        await act(item)
      } catch (error) {
        failure ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, limit) }, work))
  if (failure) throw failure.error
}
