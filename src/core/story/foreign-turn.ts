import { parseReply } from '#core/her/parse.ts'
import type { Dialect } from '#core/her/segment.ts'
import { writeReply } from '#core/her/write.ts'

/**
 * A message of another program as a turn's text. Where it has HER's tags it is HER; else the words stay as they are, in
 * the marks people use. With reasoning, which becomes planning, a message in other marks is rewritten to HER's, since
 * planning has no other form.
 */
export function toTurnText(message: string, reasoning: string, isUser: boolean): { raw: string; dialect: Dialect } {
  const dialect = isUser ? 'player' : 'markdown'
  const isTagged = message.includes('<') && parseReply(message).tiles.some(({ kind }) => kind === 'tag')
  if (reasoning.trim() === '') return { raw: message, dialect: isTagged ? 'her' : dialect }
  // Its words only: a tag in it would end the planning early.
  const plan = parseReply(reasoning)
    .segments.map(({ text }) => text.trim())
    .join('\n')
  const planned = writeReply([{ layer: 'system_thinking', text: plan, closed: true }])
  return { raw: planned + (isTagged ? message : writeReply(parseReply(message, { dialect }).segments)), dialect: 'her' }
}
