import { backgroundHeading, conversationStart } from './form.ts'
import type { PlacedLore } from './place-lore.ts'
import { createMessage, type PromptMessage, type SourcedText } from './prompt-message.ts'
import { disarm } from './special-tokens.ts'
import type { WrittenTurn } from './write-heard.ts'

/** What stands among the turns without being one. */
export interface AmongTurns {
  readonly lore?: readonly PlacedLore[]
  /** How many older turns are not among the turns. */
  readonly dropped?: number
  /** What is remembered of those that are not, and whose memory it is. */
  readonly memory?: { readonly text: string; readonly name: string }
  /** What the director says, and before which of the turns. */
  readonly note?: { readonly text: string; readonly place: number }
}

/**
 * The story as messages that alternate, `user` first. The character's own turns are `assistant`; all that others said
 * and did in between is one `user` message with a blank line between turns. Turns of the character that follow each
 * other are one `assistant` message under one name, as HER's data joins them.
 *
 * Lore among the turns is part of a `user` message, under a heading of its own, and a director's note is a paragraph of
 * one: of the message that stands at its place, else of one of its own, which parts two turns of the character. Either
 * way `user` and `assistant` go on in turn, as chat templates demand.
 *
 * A memory stands where the turns stood that it stands for: at the beginning of the first `user` message, under the
 * heading HER's prompts have for what is to be known. So the system prompt stays as it is to the last byte, and what a
 * server keeps of it is still good when the memory changes.
 * @param turns oldest first.
 * @param afterHistory what the card wants said after the story; may be empty.
 */
export function historyMessages(
  turns: readonly WrittenTurn[],
  afterHistory: string,
  { lore = [], dropped = 0, memory, note }: AmongTurns = {},
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
  const addLoreAt = (index: number) => {
    const here = lore.filter((each) => placeAmong(turns, each, dropped) === index)
    for (const [at, { text }] of here.entries()) {
      const heading: SourcedText = { source: 'form', text: at === 0 ? backgroundHeading : '' }
      add('user', heading, { ...text, text: disarm(text.text) })
    }
  }
  const addNoteAt = (index: number) => {
    if (note?.place === index) add('user', { source: 'note', text: note.text }, { source: 'note', text: '' })
  }
  if (memory) {
    const heading = `${backgroundHeading}What came before, as ${memory.name} remembers it:\n`
    add('user', { source: 'form', text: disarm(heading) }, { source: 'memory', text: disarm(memory.text) })
  }
  for (const [index, { head, planning, body, isOwn }] of turns.entries()) {
    addLoreAt(index)
    addNoteAt(index)
    const isJoined = isOwn && drafts.at(-1)?.role === 'assistant'
    const line = planning === '' ? head : `${planning}\n${head}`
    add(
      isOwn ? 'assistant' : 'user',
      { source: 'story', text: line },
      { source: 'story', text: isJoined ? planning + body : body },
    )
  }
  addLoreAt(turns.length)
  addNoteAt(turns.length)
  if (afterHistory !== '') {
    add('user', { source: 'form', text: '===Instructions===\n' }, { source: 'card', text: afterHistory })
  }
  return drafts.map(({ role, pieces }) => createMessage(role, pieces))
}

/** Before which of the turns lore stands. Never after the character's own newest turn, which the model may go on with. */
function placeAmong(turns: readonly WrittenTurn[], { turns: count, from }: PlacedLore, dropped: number): number {
  const last = turns.at(-1)?.isOwn ? turns.length - 1 : turns.length
  return Math.min(last, Math.max(0, from === 'end' ? turns.length - count : count - dropped))
}
