import type { InPagePort, InPageSurroundings } from '#ports/in-page.ts'
import { createEngine } from './engine.ts'
import { createInPageModel } from './in-page-model.ts'
import { openWeightsDisk } from './weights-disk.ts'
import { createWeightsStore } from './weights-store.ts'

/** Models that run in this page: the weights on its disk, and one engine for all. */
export async function openInPage(fetch: typeof globalThis.fetch): Promise<InPagePort> {
  const disk = await openWeightsDisk()
  const weights = createWeightsStore({
    disk,
    fetch,
    freeBytes,
    askForPersistence: () => void navigator.storage?.persist?.().catch(() => false),
  })
  const engine = createEngine({
    openWorker: ({ usesGpu }) =>
      new Worker(new URL('./llama-worker.ts', import.meta.url), { type: 'module', name: usesGpu ? 'gpu' : 'no-gpu' }),
    openWeights: weights.open,
    findGpu,
    suspends: 'Suspending' in WebAssembly,
    now: () => performance.now(),
  })
  async function look(): Promise<InPageSurroundings> {
    const obstacle = obstacleOf()
    const free = await freeBytes()
    const { deviceMemory } = navigator as { deviceMemory?: number }
    return {
      keeps: disk !== undefined,
      hasGpu: await findGpu(),
      ...(obstacle && { obstacle }),
      ...(free !== undefined && { freeBytes: free }),
      ...(deviceMemory !== undefined && { deviceGigabytes: deviceMemory }),
    }
  }
  return {
    weights,
    engine,
    look,
    open: (connection) =>
      createInPageModel({
        connection,
        engine,
        countTokens: async (model, prompt) => {
          const { countInPage } = await import('./count-in-page.ts')
          return countInPage(model, await weights.open(model), prompt)
        },
      }),
  }
}

async function freeBytes(): Promise<number | undefined> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {}
  return quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage)
}

/** What the engine's file is made for: Safari, at this time, has no memory beyond 32 bits for it. */
function obstacleOf(): InPageSurroundings['obstacle'] {
  if (typeof WebAssembly !== 'object') return 'no-webassembly'
  try {
    new WebAssembly.Memory({ address: 'i64', initial: 1n } as unknown as WebAssembly.MemoryDescriptor)
    return undefined
  } catch {
    return 'no-large-memory'
  }
}

async function findGpu(): Promise<boolean> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<unknown> } }
  return gpu !== undefined && 'Suspending' in WebAssembly && (await gpu.requestAdapter().catch(() => null)) !== null
}
