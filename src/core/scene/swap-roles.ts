import { type CardView, emptyCard } from '#core/cards/card.ts'
import { readTurn } from '#core/conversation/read-turn.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import { writeReply } from '#core/her/write.ts'
import type { CharacterId } from '#core/ids.ts'
import { type Cast, memberOf, spokenName, userName } from './cast.ts'

/** Who the reader is while a model writes for them. */
export const playerId = 'player' as CharacterId

/**
 * The scene from the other side: the reader's part is the character to be played, and the character is who it talks to.
 * Only what was said and done comes along. No thought does, not even the reader's own, which no prompt may hold; and of
 * the character's card nothing but its name, since a card knows what the reader's part may not.
 * @param path oldest first.
 */
export function swapRoles(path: readonly Turn[], cast: Cast, character: CharacterId): { cast: Cast; path: Turn[] } {
  const member = memberOf(character, cast)
  const card: CardView = { ...emptyCard, name: userName(cast), description: cast.user.description }
  return {
    cast: {
      characters: [{ id: playerId, card }],
      user: { name: member ? spokenName(member.card) : '', description: '' },
    },
    path: path.map((turn) => swapTurn(turn, cast)),
  }
}

function swapTurn(turn: Turn, cast: Cast): Turn {
  const { template: _template, ...kept } = turn
  const open = readTurn(turn, cast).segments.filter(({ layer }) => layer === 'speech' || layer === 'role_action')
  return { ...kept, speaker: swapSpeaker(turn.speaker), dialect: 'her', raw: writeReply(open) }
}

function swapSpeaker(speaker: Speaker): Speaker {
  switch (speaker.kind) {
    case 'user':
      return { kind: 'character', characterId: playerId }
    case 'character':
      return { kind: 'user' }
    case 'environment':
      return speaker
  }
}
