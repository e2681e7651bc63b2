import type { StoragePort } from '#ports/storage.ts'

export const parallelSetting = 'parallel-requests'

/** Enough for a small scene at once, and no more than a home server has slots for. */
export const usualParallel = 3
export const mostParallel = 8

/** How many requests may be under way at once where nothing depends on their order. */
export async function readParallel(storage: Pick<StoragePort, 'get'>): Promise<number> {
  return parallelOf((await storage.get('settings', parallelSetting))?.value)
}

/** The setting as a number within its bounds. */
export function parallelOf(value: string | undefined): number {
  const chosen = Math.round(Number(value ?? usualParallel))
  return Number.isFinite(chosen) ? Math.min(mostParallel, Math.max(1, chosen)) : usualParallel
}
