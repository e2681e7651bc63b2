import { conversationStart } from './form.ts'
import { createMessage, type PromptMessage, type SourcedText } from './prompt-message.ts'
import type { WrittenTurn } from './write-heard.ts'

/**
 * The story as messages that alternate, `user` first. The character's own turns are `assistant`; all that others said
 * and did in between is one `user` message with a blank line between turns. Turns of the character that follow each
 * other are one `assistant` message under one name, as HER's data joins them.
 * @param turns oldest first.
 * @param afterHistory what the card wants said after the story; may be empty.
 */
export function historyMessages(turns: readonly WrittenTurn[], afterHistory: string): PromptMessage[] {
  const drafts: { role: 'user' | 'assistant'; pieces: SourcedText[] }[] = [
    { role: 'user', pieces: [{ source: 'form', text: conversationStart }] },
  ]
  const add = (role: 'user' | 'assistant', head: SourcedText, body: SourcedText) => {
    const current = drafts.at(-1)
    if (current?.role !== role) drafts.push({ role, pieces: [head, body] })
    else if (role === 'assistant') current.pieces.push({ source: body.source, text: `\n\n${body.text}` })
    else current.pieces.push({ source: head.source, text: `\n\n${head.text}` }, body)
  }
  for (const { head, body, isOwn } of turns) {
    add(isOwn ? 'assistant' : 'user', { source: 'story', text: head }, { source: 'story', text: body })
  }
  if (afterHistory !== '') {
    add('user', { source: 'form', text: '===Instructions===\n' }, { source: 'card', text: afterHistory })
  }
  return drafts.map(({ role, pieces }) => createMessage(role, pieces))
}
