import { createMessage, type PromptMessage } from './prompt-message.ts'
import { disarm } from './special-tokens.ts'

/**
 * The messages of a prompt with the order to go on from `kept`, for servers that can't go on from given words: at the
 * end of the last user message, or in one of its own behind the character's own turn, so that the roles still alternate.
 */
export function tellToGoOn(messages: readonly PromptMessage[], kept: string): PromptMessage[] {
  const order = {
    source: 'form',
    text: `===Instructions===
The reply has already begun with exactly this:

${disarm(kept)}

Go on from there. Write only what follows it; do not repeat it, and do not plan again.`,
  } as const
  const last = messages.at(-1)
  if (last?.role !== 'user') return [...messages, createMessage('user', [order])]
  return [...messages.slice(0, -1), createMessage('user', [...last.pieces, { source: 'form', text: '\n\n' }, order])]
}
