import { hasUnspacedScript } from '#lib/unspaced.ts'
import { fold } from './fold.ts'

/** One thing that is looked for, folded. Where it begins with a letter or digit it has to begin a word. */
export interface Term {
  readonly text: string
  readonly startsWord: boolean
  /** True for a phrase in quotes: it has to end with a word too. */
  readonly endsWord: boolean
}

/** Nobody types more; text that was pasted by mistake should not stall the search. */
const mostTerms = 16
const longestTerm = 200
const longestTyped = 2000

/**
 * What a reader typed, as terms that must all be found: words, which may go on (`suspect` finds `suspected`), and phrases
 * in quotes, which may not. Chinese, Japanese, Korean and Thai are found anywhere, as they do not part words by blanks,
 * or not where a reader looks for one.
 */
export function readTerms(typed: string): Term[] {
  const terms: Term[] = []
  for (const [, phrase, word] of fold(typed.slice(0, longestTyped)).matchAll(/"([^"]*)"?|([^\s"]+)/g)) {
    const text = (phrase ?? trimMarks(word ?? '')).trim().slice(0, longestTerm)
    if (text === '') continue
    const endsWord = phrase !== undefined && isWordCode(text.charCodeAt(text.length - 1))
    terms.push({ text, startsWord: isWordCode(text.charCodeAt(0)), endsWord })
    if (terms.length === mostTerms) break
  }
  return terms
}

/** A comma typed behind a word is not looked for; marks alone are. */
function trimMarks(word: string): string {
  return word.replace(/^[^\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+$/gu, '') || word
}

/** Where a term next stands in a folded text, or -1. */
export function findTerm(text: string, term: Term, from = 0): number {
  for (let at = text.indexOf(term.text, from); at >= 0; at = text.indexOf(term.text, at + 1)) {
    if (term.startsWord && isWordCode(text.charCodeAt(at - 1))) continue
    if (term.endsWord && isWordCode(text.charCodeAt(at + term.text.length))) continue
    return at
  }
  return -1
}

/** Whether only texts that have all of `wider` can have all of `terms`: each of those is there still, or goes on. */
export function isNarrower(terms: readonly Term[], wider: readonly Term[]): boolean {
  return wider.every((old) =>
    terms.some(({ text, endsWord }) => (old.endsWord ? endsWord && text === old.text : text.startsWith(old.text))),
  )
}

const wordCodes = new Map<number, boolean>()

/** Whether a UTF-16 code unit is part of a word that blanks set apart; NaN, outside of a text, is not. */
function isWordCode(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)
  const known = wordCodes.get(code)
  if (known !== undefined) return known
  const character = Number.isNaN(code) ? '' : String.fromCharCode(code)
  const isWord =
    /[\p{L}\p{N}\p{M}]/u.test(character) && !/\p{sc=Hangul}/u.test(character) && !hasUnspacedScript(character)
  wordCodes.set(code, isWord)
  return isWord
}
