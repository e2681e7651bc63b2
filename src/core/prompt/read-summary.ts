import { parseReply } from '#core/her/parse.ts'

/**
 * The summary in what a model answered: HER models plan whatever they are asked, and planning is nobody's. Tags go, and
 * what stands in them stays. Read without a name on purpose: what is told of a character in the third person would be
 * taken for its planning.
 * @param isCut the tokens ran out: the sentence they ran out in is left out.
 */
export function readSummary(raw: string, isCut = false): string {
  const text = parseReply(raw)
    .segments.filter(({ layer }) => layer !== 'system_thinking')
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .join(' ')
  return isCut ? (/^[\s\S]*[.!?…。！？]["'”’»」)]*/.exec(text)?.[0] ?? text) : text
}
