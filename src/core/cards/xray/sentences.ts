import type { TextRange } from '../lint/advice.ts'

/** A sentence with its end; a line break ends one too. Bounded: no plan has longer ones that mean anything. */
const sentence = /[^.!?。！？\n\r]{1,600}(?:[.!?。！？]{1,9}["”’)\]*]{0,3})?/g

/** The sentences of a text, without the white space around them; those without a letter are left out. */
export function readSentences(text: string): TextRange[] {
  const ranges: TextRange[] = []
  for (const match of text.matchAll(sentence)) {
    const [whole] = match
    const trimmed = whole.trim()
    if (trimmed.length < 3) continue
    const start = match.index + whole.indexOf(trimmed)
    ranges.push({ start, end: start + trimmed.length })
  }
  return ranges
}
