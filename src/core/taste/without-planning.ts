import { parseReply } from '#core/her/parse.ts'
import { writeReply } from '#core/her/write.ts'
import { disarm } from '#core/prompt/special-tokens.ts'
import type { ContextMessage } from './judge-prompt.ts'

/** HER's reward code takes these out with all that is in them, though its evaluation keeps them as thoughts. */
const longThoughts = /<\s*long_role_thinking\s*>[\s\S]*?(?:<\s*\/\s*long_role_thinking\s*>|$)/gi
/** What nobody but its own mind knows, by any spelling; an end that never comes is the end of the text. */
const minds =
  /<\s*(?:(?:long[\s_-]?)?role|system)?[\s_-]?(?:think(?:ing|er)?|thought)\s*>[\s\S]*?(?:<\s*\/\s*(?:(?:long[\s_-]?)?role|system)?[\s_-]?(?:think(?:ing|er)?|thought)\s*>|$)/gi
/** A tag of a mind, opening or closing. */
const anyMind = /<\s*\/?\s*(?:(?:long[\s_-]?)?role|system)?[\s_-]?(?:think(?:ing|er)?|thought)\s*>/i
const head = /^([^<>\n:：]{1,80})[:：](?=\S)/

/** A reply of a file as a judge may see it: without planning, its `Name: ` and its other tags kept. */
export function withoutPlanning(reply: string): string {
  const { segments } = parseReply(reply.replace(longThoughts, ''), { dialect: 'her' })
  const shown = segments.filter(({ layer }) => layer !== 'system_thinking')
  const written = writeReply(shown.map((segment) => ({ ...segment, closed: true })))
  return disarm(written.trim().replace(head, '$1: '))
}

/**
 * What came before, of a file, as a judge may see it: of the character's own turns no planning, of everybody else's neither
 * planning nor thoughts. A system prompt speaks of the tags and stays as it is.
 */
export function contextWithoutPlanning(messages: readonly ContextMessage[]): ContextMessage[] {
  return messages.map(({ role, content }) => {
    if (role === 'system' || !anyMind.test(content)) return { role, content: disarm(content) }
    if (role === 'assistant') return { role, content: withoutPlanning(content) }
    return { role, content: disarm(content.replace(minds, ' ').replace(anyMind, '')) }
  })
}
