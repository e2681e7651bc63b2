const word = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]+|[\p{P}\p{S}]/gu
const east = /^[\u4e00-\u9fff\u3040-\u309f\u30a0-\u30ff]/
const mark = /^[!-/:-@[-`{-~]$/
const longWord = /[a-zA-Z]{100,}/g

/**
 * A reply without what it says over and over, as CoSER's code cuts it (`fix_repeation`): words of a hundred letters are
 * shortened, and a reply ends where five words or more come five times in a row, or fifteen or more come once again. What
 * is left is put together from its words, so that blanks and apostrophes stand otherwise than they did: that is the
 * published form, and scores hang on it. Undefined where nothing is repeated.
 */
export function mendRepetition(reply: string): string | undefined {
  const shortened = reply.replace(longWord, (letters) => letters.slice(0, 20))
  const words = wordsOf(shortened)
  const kept = untilRowOf(words) ?? untilSecond(words)
  if (kept && kept.length > 0) return written(kept)
  return shortened === reply ? undefined : shortened
}

function wordsOf(text: string): string[] {
  return (text.match(word) ?? []).flatMap((found) => (east.test(found) ? [...found] : [found]))
}

/** Up to the end of the first of five that follow each other. */
function untilRowOf(words: readonly string[]): readonly string[] | undefined {
  for (let length = 5; length <= Math.min(30, words.length); length += 1) {
    for (let from = 0; from + 5 * length <= words.length; from += 1) {
      const isRow = Array.from({ length: 4 * length }, (_, index) => from + index).every(
        (at) => words[at] === words[at + length],
      )
      if (isRow) return words.slice(0, from + length)
    }
  }
  return undefined
}

/** Up to where a stretch begins that was there before and had ended. */
function untilSecond(words: readonly string[]): readonly string[] | undefined {
  let first = Number.POSITIVE_INFINITY
  for (let length = 15; length <= Math.min(30, words.length); length += 1) {
    const places = new Map<string, number>()
    for (let from = 0; from + length <= words.length; from += 1) {
      const stretch = words.slice(from, from + length).join('\u0000')
      const before = places.get(stretch)
      if (before === undefined) places.set(stretch, from)
      else if (from - before >= length) first = Math.min(first, from)
    }
  }
  return first === Number.POSITIVE_INFINITY ? undefined : words.slice(0, first)
}

function written(words: readonly string[]): string {
  let text = ''
  let wantsBlank = false
  for (const each of words) {
    const isWord = !east.test(each) && !mark.test(each)
    text += wantsBlank && isWord ? ` ${each}` : each
    wantsBlank = !east.test(each)
  }
  if (/[a-zA-Z0-9]$/.test(text)) return `${text}.`
  return east.test(text.at(-1) ?? '') ? `${text}。` : text
}
