/** Made by `scripts/wllama-parts.ts`. */
declare module 'virtual:wllama-engine' {
  /** Lets the engine answer to messages. */
  export function startEngine(options: {
    readonly pathConfig: { readonly 'wllama.wasm': string }
    readonly nbThread: number
    readonly compat: boolean
  }): void
}
