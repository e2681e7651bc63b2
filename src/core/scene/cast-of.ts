import type { Character } from '#core/cards/character.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { Persona } from '#core/conversation/conversation.ts'
import { userNameInPrompts } from '#core/conversation/persona.ts'
import type { Cast } from './cast.ts'

/**
 * The cast of a one-to-one chat: its character, and the reader as their persona says, or as a stranger without one. Of a
 * persona its name and description are taken, and nothing else: its notes are the reader's own.
 * @param others personas the reader may have played earlier in the chat.
 */
export function castOf(
  character: Character,
  persona: Persona | null | undefined,
  others: readonly Persona[] = [],
): Cast {
  const former = others.filter(({ id }) => id !== persona?.id)
  return {
    characters: [{ id: character.id, card: viewCard(character.document) }],
    user: { name: persona?.name ?? userNameInPrompts, description: persona?.description ?? '' },
    ...(former.length > 0 && { formerUsers: new Map(former.map(({ id, name }) => [id, name || userNameInPrompts])) }),
  }
}
