import type { Character } from '#core/cards/character.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { Persona } from '#core/conversation/conversation.ts'
import { userNameInPrompts } from '#core/conversation/persona.ts'
import type { Cast } from './cast.ts'

/** The cast of a one-to-one chat: its character, and the reader as their persona says, or as a stranger without one. */
export function castOf(character: Character, persona: Persona | null | undefined): Cast {
  return {
    characters: [{ id: character.id, card: viewCard(character.document) }],
    user: { name: persona?.name ?? userNameInPrompts, description: persona?.description ?? '' },
  }
}
