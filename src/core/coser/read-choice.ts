import { plainName, readChoiceLine } from '#core/scene/choice-line.ts'
import { endOfChat } from './actor-prompts.ts'

/**
 * Who is next by a model's answer: a name exactly as it was given, or the end. Read is the last line that is headed
 * `Next Speaker`, else the whole answer, without the marks of markdown, what was thought about it left out. The published
 * readers take marks for names, or the first name that stands anywhere; both send the word to the wrong speaker.
 * Undefined where it is by chance: "random", no name, two of them.
 */
export function readChoice(answer: string, names: readonly string[]): string | undefined {
  const { marked, whole } = readChoiceLine(answer)
  const told = marked ?? whole
  if (/^<?end chat>?$/.test(told)) return endOfChat
  const exact = names.find((name) => plainName(name) === told)
  if (exact !== undefined) return exact
  // "Edgar, since he was asked": the name comes first on such a line, what follows is why.
  const begins = names.filter((name) => beginsWith(told, plainName(name)))
  return begins.sort((one, other) => other.length - one.length)[0]
}

function beginsWith(text: string, name: string): boolean {
  return name !== '' && text.startsWith(name) && /^(?:[,;.]| \(| [–—-] )/u.test(text.slice(name.length))
}
