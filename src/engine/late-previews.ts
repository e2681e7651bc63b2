import type { ChatDependencies } from './chat-dependencies.ts'
import type { Previews, Sent } from './previews.ts'

/** Previews whose code is loaded when one is asked for. */
export function createLatePreviews(dependencies: ChatDependencies, sent: Sent): Previews {
  let loading: Promise<Previews> | undefined
  const load = () => {
    loading ??= import('./previews.ts').then(({ createPreviews }) => createPreviews(dependencies, sent))
    // Where it can't be had now it is asked for again.
    loading.catch(() => {
      loading = undefined
    })
    return loading
  }
  return {
    next: async (...asked) => (await load()).next(...asked),
    of: async (...asked) => (await load()).of(...asked),
    weigh: async (...asked) => (await load()).weigh(...asked),
    describe: async (...asked) => (await load()).describe(...asked),
    count: async (...asked) => (await load()).count(...asked),
  }
}
