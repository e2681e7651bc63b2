import { parseReply } from '#core/her/parse.ts'
import { fold } from '#core/search/fold.ts'

/** An answer to who is to speak next, each part as `plainName` has it. */
export interface ChoiceLine {
  /** What stands behind the last `Next speaker:`, on its line. One at the front of a line goes before one within. */
  readonly marked: string | undefined
  readonly whole: string
}

const heading = /^(?:\d+\. ?)?next speaker ?(?:[:：]|-|\bis\b)/
const headingWithin = /^.*\bnext speaker ?[:：]/

/** Finds the line that says it. What the model thought about it is left out, and so are the marks of markdown. */
export function readChoiceLine(answer: string): ChoiceLine {
  const spoken = parseReply(answer)
    .segments.filter(({ layer }) => layer !== 'system_thinking' && layer !== 'role_thinking')
    .map(({ text }) => text)
    .join('\n')
  const lines = spoken.split('\n').map(plainName)
  const head = lines.some((line) => heading.test(line)) ? heading : headingWithin
  const marked = lines.findLast((line) => head.test(line))
  return { marked: marked === undefined ? undefined : trim(marked.replace(head, '')), whole: plainName(spoken) }
}

/** A name, or a text that may be one, as names are compared: folded, without marks of markdown and what stands around it. */
export function plainName(text: string): string {
  return trim(fold(text.replace(/[*_`#"“”]+/g, ' ')).replace(/\s+/g, ' '))
}

function trim(text: string): string {
  return text.replace(/^[\s\-–—•'([.,:]+|[\s\-–—'.,:;!\]]+$/g, '').trim()
}
