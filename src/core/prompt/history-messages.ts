import { conversationStart } from './form.ts'
import { createMessage, type PromptMessage, type SourcedText } from './prompt-message.ts'
import type { WrittenTurn } from './write-heard.ts'

/**
 * The story as messages that alternate, `user` first. The character's own turns are `assistant`; all that others said
 * and did in between is one `user` message with a blank line between turns. Turns of the character that follow each
 * other are one `assistant` message under one name, as HER's data joins them.
 *
 * A director's note is a paragraph of a `user` message: of the one that stands at its place, else of one of its own,
 * which parts two turns of the character. Either way `user` and `assistant` go on in turn, as chat templates demand.
 * @param turns oldest first.
 * @param afterHistory what the card wants said after the story; may be empty.
 * @param note what the director says, and before which of `turns`.
 */
export function historyMessages(
  turns: readonly WrittenTurn[],
  afterHistory: string,
  note?: { readonly text: string; readonly place: number },
): PromptMessage[] {
  const drafts: { role: 'user' | 'assistant'; pieces: SourcedText[] }[] = [
    { role: 'user', pieces: [{ source: 'form', text: conversationStart }] },
  ]
  const add = (role: 'user' | 'assistant', head: SourcedText, body: SourcedText) => {
    const current = drafts.at(-1)
    if (current?.role !== role) drafts.push({ role, pieces: [head, body] })
    else if (role === 'assistant') current.pieces.push({ source: body.source, text: `\n\n${body.text}` })
    else current.pieces.push({ source: head.source, text: `\n\n${head.text}` }, body)
  }
  const addNoteAt = (index: number) => {
    if (note?.place === index) add('user', { source: 'note', text: note.text }, { source: 'note', text: '' })
  }
  for (const [index, { head, planning, body, isOwn }] of turns.entries()) {
    addNoteAt(index)
    const isJoined = isOwn && drafts.at(-1)?.role === 'assistant'
    const line = planning === '' ? head : `${planning}\n${head}`
    add(
      isOwn ? 'assistant' : 'user',
      { source: 'story', text: line },
      { source: 'story', text: isJoined ? planning + body : body },
    )
  }
  addNoteAt(turns.length)
  if (afterHistory !== '') {
    add('user', { source: 'form', text: '===Instructions===\n' }, { source: 'card', text: afterHistory })
  }
  return drafts.map(({ role, pieces }) => createMessage(role, pieces))
}
