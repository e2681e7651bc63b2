import { escapePattern } from '#lib/escape-pattern.ts'
import type { GgufVocabulary } from './read-gguf.ts'

/** Counts the tokens of a text. */
export type CountTokens = (text: string) => number

/** How families of models cut text before byte-level BPE. */
const cuts: Readonly<Record<string, RegExp>> = {
  qwen2:
    /(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu,
  'llama-bpe':
    /(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu,
}

/** Kinds of tokens that are found in a text as they are: control tokens, and those that somebody added. */
const wholeTypes: ReadonlySet<number> = new Set([3, 4])
/** Longer words are counted in stretches: what is merged over their borders is a token or two. */
const longestWord = 1024

/**
 * A counter with a model's own vocabulary (byte-level BPE). Undefined for other kinds of tokenizer, and for ways of
 * cutting that are not known here: a wrong count would be worse than an estimate.
 */
export function createTokenCounter(vocabulary: GgufVocabulary): CountTokens | undefined {
  const cut = cuts[vocabulary.pre]
  if (vocabulary.model !== 'gpt2' || !cut) return undefined
  const known = new Set(vocabulary.tokens)
  const ranks = new Map(vocabulary.merges.map((pair, rank) => [pair, rank]))
  const whole = vocabulary.tokens.filter((token, index) => token !== '' && wholeTypes.has(vocabulary.types[index] ?? 1))
  const split =
    whole.length > 0 ? new RegExp(`(${whole.toSorted(longestFirst).map(escapePattern).join('|')})`) : undefined
  const isWhole = new Set(whole)
  const seen = new Map<string, number>()

  function countWord(word: string): number {
    const before = seen.get(word)
    if (before !== undefined) return before
    let parts = [...encoder.encode(word)].map((byte) => byteCharacters[byte] ?? '')
    while (parts.length > 1) {
      const best = bestPair(parts)
      if (best === undefined) break
      parts = mergeAll(parts, best)
    }
    // A part without a token of its own is dropped by llama.cpp, or written byte by byte.
    const count = parts.reduce(
      (sum, part) => sum + (known.has(part) ? 1 : [...part].filter((one) => known.has(one)).length),
      0,
    )
    seen.set(word, count)
    return count
  }

  function bestPair(parts: readonly string[]): string | undefined {
    let best: string | undefined
    let bestRank = Number.POSITIVE_INFINITY
    for (let index = 1; index < parts.length; index++) {
      const pair = `${parts[index - 1]} ${parts[index]}`
      const rank = ranks.get(pair)
      if (rank !== undefined && rank < bestRank) {
        best = pair
        bestRank = rank
      }
    }
    return best
  }

  return (text) => {
    let count = vocabulary.addsFirst ? 1 : 0
    for (const stretch of split ? text.split(split) : [text]) {
      if (isWhole.has(stretch)) count += 1
      else for (const [word] of stretch.matchAll(cut)) for (const short of inStretches(word)) count += countWord(short)
    }
    return count
  }
}

function mergeAll(parts: readonly string[], pair: string): string[] {
  const merged: string[] = []
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? ''
    const next = parts[index + 1]
    if (next !== undefined && `${part} ${next}` === pair) {
      merged.push(part + next)
      index += 1
    } else merged.push(part)
  }
  return merged
}

function inStretches(word: string): readonly string[] {
  if (word.length <= longestWord) return [word]
  return Array.from({ length: Math.ceil(word.length / longestWord) }, (_, index) =>
    word.slice(index * longestWord, (index + 1) * longestWord),
  )
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length
}

const encoder = new TextEncoder()

/** How byte-level BPE writes each byte: as itself where that can be seen, else as a letter from beyond Latin-1. */
export const byteCharacters: readonly string[] = writeBytes()

function writeBytes(): string[] {
  const isSeen = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
  let hidden = 0
  return Array.from({ length: 256 }, (_, byte) => {
    if (isSeen(byte)) return String.fromCharCode(byte)
    hidden += 1
    return String.fromCharCode(255 + hidden)
  })
}
