import { hasUnspacedScript } from '#lib/unspaced.ts'

/** Bounded, for an engine may keep a note for every character that a `*` has taken. */
const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]{0,500}(?:['’][\p{L}\p{M}\p{N}]{1,500}){0,4}|\s{1,500}|./gsu

/** Missing in a few browsers still in use; characters do instead. */
const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('und', { granularity: 'word' }) : undefined

/** Splits a text into words, runs of white space, and single marks. Joined they are the text again. */
export function splitWords(text: string): string[] {
  const words: string[] = []
  for (const [piece] of text.matchAll(word)) {
    if (!hasUnspacedScript(piece)) words.push(piece)
    else if (!segmenter) words.push(...piece)
    else for (const { segment } of segmenter.segment(piece)) words.push(segment)
  }
  return words
}
