import { escapePattern } from '#lib/escape-pattern.ts'
import type { TeacherAnswer } from './teacher-request.ts'

const openingTag = /^\s*<\s*(?:thinker|think|thinking|thought|system[_\s-]?think(?:ing)?)\s*>\s*/i
const closingTag = /<\s*\/\s*(?:thinker|think|thinking|thought|system[_\s-]?think(?:ing)?)\s*>/i

/**
 * What a reasoning model thought before its reply; empty where that can't be told. Reasoning that came beside the text
 * goes first; of the text counts what stands before the end of its thinking, else before the character's name at the
 * beginning of a line, else before the first thought of the role: the authors' own order.
 */
export function readForward({ text, reasoning }: TeacherAnswer, name: string): string {
  const beside = reasoning.trim()
  if (beside !== '') return cleaned(beside)
  const end = closingTag.exec(text)
  if (end) return cleaned(text.slice(0, end.index))
  const named = firstOf(text, [`\n${name}: `, `\n${name}：`])
  if (named > 0) return cleaned(text.slice(0, named))
  const thought = text.indexOf('<role_thinking>')
  return thought > 0 ? cleaned(text.slice(0, thought).replace(new RegExp(`${escapePattern(name)}[:：]\\s*$`), '')) : ''
}

function firstOf(text: string, marks: readonly string[]): number {
  const places = marks.map((mark) => text.indexOf(mark)).filter((place) => place >= 0)
  return places.length > 0 ? Math.min(...places) : -1
}

/** Words only: a role's tags in a plan open nothing. */
function cleaned(text: string): string {
  return text
    .replace(openingTag, '')
    .replace(/<\s*\/?\s*role_\w{1,20}\s*>/gi, '')
    .trim()
}
