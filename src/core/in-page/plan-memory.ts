import type { GgufHead } from '../gguf/read-gguf.ts'

const megabyte = 1024 * 1024

/** The engine's code, and what it computes with beside weights and context. */
const engineBytes = 256 * megabyte
/** WebAssembly gives the engine no more than 4 GiB; some of it is lost to how memory is cut. */
export const mostBytes = 3800 * megabyte
/** Where the head does not say: as a model of about a billion weights takes. */
const usualBytesPerToken = 112 * 1024

const contexts = [16_384, 8192, 4096, 2048] as const
/** A context beyond this many bytes is not chosen unasked: it is memory that the rest of the device wants, too. */
const fairContextBytes = 640 * megabyte

/** What a model takes of the device's memory while it is loaded, in bytes: an estimate. */
export function memoryNeeded(
  weights: { readonly bytes: number; readonly head: GgufHead },
  contextTokens: number,
): number {
  return weights.bytes + contextTokens * (weights.head.contextBytesPerToken ?? usualBytesPerToken) + engineBytes
}

/** How much a model should read, where nobody has said: what it was trained for, within what is fair to the device. */
export function chooseContext({ bytes, head }: { readonly bytes: number; readonly head: GgufHead }): number {
  const perToken = head.contextBytesPerToken ?? usualBytesPerToken
  const fits = contexts.find(
    (tokens) => tokens * perToken <= fairContextBytes && memoryNeeded({ bytes, head }, tokens) <= mostBytes,
  )
  return Math.min(fits ?? 2048, head.trainedTokens ?? 4096)
}
