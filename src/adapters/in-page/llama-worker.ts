import { startEngine } from 'virtual:wllama-engine'
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url'

// The engine's file expects suspending calls (JSPI) to be there. Where a browser has none, nothing suspends: the weights
// are in its memory before they are asked for.
const engineHost = WebAssembly as unknown as {
  Suspending?: unknown
  promising?: (exported: (...input: unknown[]) => unknown) => (...input: unknown[]) => Promise<unknown>
}
if (!engineHost.Suspending) {
  engineHost.Suspending = function suspending(imported: unknown) {
    return imported
  }
  engineHost.promising =
    (exported) =>
    async (...input) =>
      exported(...input)
}

// A graphics card that is not wanted is not looked for.
if (self.name === 'no-gpu' && 'gpu' in navigator) {
  Object.defineProperty(Object.getPrototypeOf(navigator), 'gpu', { get: () => ({ requestAdapter: async () => null }) })
}

startEngine({ pathConfig: { 'wllama.wasm': new URL(wasmUrl, self.location.href).href }, nbThread: 0, compat: false })
