/** An open model that is known to fit into a page. Nothing is asked of anybody before the reader says so. */
export interface SuggestedModel {
  readonly name: string
  readonly url: string
  readonly megabytes: number
  /** Of memory, context included: about. */
  readonly gigabytesNeeded: number
  readonly licence: string
  /** What to expect of it. */
  readonly words: string
}

/** From small to large. Sizes are about; the server is asked for the true one before anything is downloaded. */
export const suggestedModels: readonly SuggestedModel[] = [
  {
    name: 'Qwen3 0.6B',
    url: 'https://huggingface.co/Qwen/Qwen3-0.6B-GGUF/resolve/main/Qwen3-0.6B-Q8_0.gguf',
    megabytes: 639,
    gigabytesNeeded: 1.4,
    licence: 'Apache 2.0',
    words: 'To see that it works. Forgets who is who, and loses the thread within a few turns.',
  },
  {
    name: 'Qwen2.5 1.5B',
    url: 'https://huggingface.co/Qwen/Qwen2.5-1.5B-Instruct-GGUF/resolve/main/qwen2.5-1.5b-instruct-q4_k_m.gguf',
    megabytes: 1117,
    gigabytesNeeded: 1.9,
    licence: 'Apache 2.0',
    words: 'Takes little memory for what it can. Plain prose, and polite whatever the character is.',
  },
  {
    name: 'Qwen3 1.7B',
    url: 'https://huggingface.co/Qwen/Qwen3-1.7B-GGUF/resolve/main/Qwen3-1.7B-Q8_0.gguf',
    megabytes: 1834,
    gigabytesNeeded: 2.7,
    licence: 'Apache 2.0',
    words: 'Keeps to a simple character for a while. Slow without a graphics card: a reply takes minutes.',
  },
]
