import type { CardView } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { Conversation, Persona } from '#core/conversation/conversation.ts'
import { userNameInPrompts } from '#core/conversation/persona.ts'
import type { CharacterId } from '#core/ids.ts'
import { type Cast, memberOf, spokenName } from './cast.ts'

/** Everyone who has a part in a chat, by id: a scene's cast, or the one character the chat is with. */
export function castIdsOf({ cast, characterId }: Pick<Conversation, 'cast' | 'characterId'>): CharacterId[] {
  return cast && cast.length > 0 ? [...new Set(cast)] : [characterId]
}

/** What a chat says of its cast: who else the reader is or was beside their persona now, and what is so in its scene alone. */
interface InThisChat {
  readonly scenario?: string | undefined
  readonly secrets?: Conversation['secrets'] | undefined
  readonly appearances?: Conversation['appearances'] | undefined
  /** Personas the reader may have played earlier in the chat. */
  readonly former?: readonly Persona[] | undefined
  /** Whom of the characters they play, instead of a persona. */
  readonly userPlays?: CharacterId | undefined
}

/**
 * The cast of a chat: its characters, and the reader as the one of them they play, as their persona says, or as a stranger
 * without either. Of a persona its name and description are taken, and nothing else: its notes are the reader's own.
 */
export function castOf(
  characters: readonly Character[],
  persona: Persona | null | undefined,
  { former: others = [], userPlays, scenario, secrets, appearances }: InThisChat = {},
): Cast {
  const former = others.filter(({ id }) => id !== persona?.id)
  const cast: Cast = {
    characters: characters.map(({ id, document }) => ({
      id,
      card: inScene(viewCard(document), scenario, secrets?.[id]),
      ...(appearances?.[id] && { appearance: appearances[id] }),
    })),
    user: { name: persona?.name ?? userNameInPrompts, description: persona?.description ?? '' },
    ...(former.length > 0 && { formerUsers: new Map(former.map(({ id, name }) => [id, name || userNameInPrompts])) }),
  }
  const played = userPlays && memberOf(userPlays, cast)
  return played ? { ...cast, user: { name: spokenName(played.card), description: '' }, userPlays: played.id } : cast
}

/** Whom models answer for: everyone but whom the reader plays. */
export function modelsOwn({ cast, characterId, userPlays }: Pick<Conversation, 'cast' | 'characterId' | 'userPlays'>) {
  return castIdsOf({ characterId, ...(cast && { cast }) }).filter((id) => id !== userPlays)
}

/** A card as it is played in one scene. What it has on its mind stays its own, as a card's motivation does. */
function inScene(card: CardView, scenario = '', secret = ''): CardView {
  if (scenario === '' && secret === '') return card
  const motivation = [card.her.motivation ?? '', secret].filter((text) => text !== '').join('\n\n')
  return {
    ...card,
    ...(scenario !== '' && { scenario }),
    her: { ...card.her, ...(motivation !== '' && { motivation }) },
  }
}
