import { splitSentences } from './english-sentences.ts'

/**
 * A text in the tokens of nltk's `word_tokenize`, up to its version 3.9: split into sentences, each then by the rules of
 * the Penn Treebank. Quotes become `` and ''. Published scores hang on every one of these rules, odd ones too.
 */
export function englishWords(text: string): string[] {
  return splitSentences(text).flatMap(treebankWords)
}

type Rule = readonly [RegExp, string]

const rules: readonly Rule[] = [
  // Quotes that open.
  [/([«“‘„]|`+)/gu, ' $1 '],
  [/^"/gu, '``'],
  [/(``)/gu, ' $1 '],
  [/([ ([{<])("|'{2})/gu, '$1 `` '],
  [/(')(?!re|ve|ll|m|t|s|d|n)([\p{L}\p{N}_])(?![\p{L}\p{N}_])/giu, '$1 $2'],
  // Punctuation. Only the last period of a sentence is a token of its own.
  [/([^.])(\.)([\])}>"'»”’ ]*)\s*$/gu, '$1 $2 $3 '],
  [/([:,])([^\p{Nd}])/gu, ' $1 $2'],
  [/([:,])$/gu, ' $1 '],
  [/\.{2,}/gu, ' $& '],
  [/[;@#$%&]/gu, ' $& '],
  [/([^.])(\.)([\])}>"']*)\s*$/gu, '$1 $2$3 '],
  [/[?!]/gu, ' $& '],
  [/([^'])' /gu, "$1 ' "],
  [/[*]/gu, ' $& '],
  [/[\][(){}<>]/gu, ' $& '],
  [/--/gu, ' -- '],
]

/** Applied to the text between two blanks. */
const lateRules: readonly Rule[] = [
  // Quotes that close, and what was shortened.
  [/([»”’])/gu, ' $1 '],
  [/''/gu, " '' "],
  [/"/gu, " '' "],
  [/\s+/gu, ' '],
  [/([^' ])('s|'m|'d|') /giu, '$1 $2 '],
  [/([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) /gu, '$1 $2 '],
  [/\b(can)(not)\b/giu, ' $1 $2 '],
  [/\b(d)('ye)\b/giu, ' $1 $2 '],
  [/\b(gim)(me)\b/giu, ' $1 $2 '],
  [/\b(gon)(na)\b/giu, ' $1 $2 '],
  [/\b(got)(ta)\b/giu, ' $1 $2 '],
  [/\b(lem)(me)\b/giu, ' $1 $2 '],
  [/\b(more)('n)\b/giu, ' $1 $2 '],
  [/\b(wan)(na)(?=\s)/giu, ' $1 $2 '],
  [/ ('t)(is)\b/giu, ' $1 $2 '],
  [/ ('t)(was)\b/giu, ' $1 $2 '],
]

function treebankWords(sentence: string): string[] {
  let text = sentence
  for (const [pattern, replacement] of rules) text = text.replace(pattern, replacement)
  text = ` ${text} `
  for (const [pattern, replacement] of lateRules) text = text.replace(pattern, replacement)
  return text.split(/\s+/u).filter((word) => word !== '')
}
