import { type CountTokens, createTokenCounter } from '#core/gguf/count-tokens.ts'
import { longestHead } from '#core/gguf/gguf-cursor.ts'
import { readVocabulary } from '#core/gguf/read-gguf.ts'

let counter: { readonly model: string; readonly weights: number; readonly count: CountTokens | undefined } | undefined

/** How many tokens a prompt takes by the model's own vocabulary, which is read from its file once. */
export async function countInPage(
  model: string,
  weights: readonly Blob[] | undefined,
  prompt: string,
): Promise<number | undefined> {
  const [first] = weights ?? []
  if (!first) return undefined
  if (counter?.model !== model || counter.weights !== first.size) {
    const head = new Uint8Array(await first.slice(0, longestHead).arrayBuffer())
    const vocabulary = readVocabulary(head)
    counter = { model, weights: first.size, count: vocabulary && createTokenCounter(vocabulary) }
  }
  return counter.count?.(prompt)
}
