/**
 * What is loaded when it is first asked for, and kept. Where it can't be had the failure is not: it is asked for again the
 * next time.
 */
export function loadOnce<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | undefined
  return () => {
    loading ??= load().catch((error) => {
      loading = undefined
      throw error
    })
    return loading
  }
}
