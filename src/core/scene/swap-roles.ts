import { type CardView, emptyCard } from '#core/cards/card.ts'
import { readTurn } from '#core/conversation/read-turn.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import { writeReply } from '#core/her/write.ts'
import type { CharacterId } from '#core/ids.ts'
import { type Cast, type CastMember, memberOf, spokenName, userName } from './cast.ts'

/** Who the reader is while a model writes for them. */
export const playerId = 'player' as CharacterId

/** A scene in which the reader's part is one to be played. */
export interface SwappedRoles {
  /** Whom the reader's part is played as. */
  readonly player: CharacterId
  readonly cast: Cast
  readonly path: Turn[]
}

/**
 * The scene from the other side: the reader's part is the character to be played, and `character` is who it talks to.
 * Only what was said and done comes along. No thought does, not even the reader's own, which no prompt may hold; and of
 * the others' cards nothing but their names, since a card knows what the reader's part may not.
 *
 * Where the reader plays one of the cast it is played as that one, and knows what that one perceived. As a persona the
 * reader is told of everything, as on screen.
 * @param path oldest first.
 */
export function swapRoles(path: readonly Turn[], cast: Cast, character: CharacterId): SwappedRoles {
  const member = memberOf(character, cast)
  const { userPlays } = cast
  if (userPlays !== undefined) {
    const characters = cast.characters.map((each) => (each.id === userPlays ? each : onlyNames(each)))
    return { player: userPlays, cast: { ...cast, characters }, path: path.map((turn) => withoutThoughts(turn, cast)) }
  }
  const card: CardView = { ...emptyCard, name: userName(cast), description: cast.user.description }
  return {
    player: playerId,
    cast: {
      characters: [{ id: playerId, card }, ...cast.characters.filter(({ id }) => id !== character).map(onlyNames)],
      user: { name: member ? spokenName(member.card) : '', description: '' },
    },
    path: path.map((turn) => swapTurn(turn, cast, character)),
  }
}

function onlyNames({ id, card: { name, nickname } }: CastMember): CastMember {
  return { id, card: { ...emptyCard, name, ...(nickname !== undefined && { nickname }) } }
}

function withoutThoughts(turn: Turn, cast: Cast): Turn {
  const { template: _template, ...kept } = turn
  const open = readTurn(turn, cast).segments.filter(({ layer }) => layer === 'speech' || layer === 'role_action')
  return { ...kept, dialect: 'her', raw: writeReply(open) }
}

function swapTurn(turn: Turn, cast: Cast, character: CharacterId): Turn {
  const { present: _present, left: _left, entered: _entered, whisperTo: _whisperTo, ...kept } = turn
  return { ...withoutThoughts(kept, cast), speaker: swapSpeaker(turn.speaker, character) }
}

function swapSpeaker(speaker: Speaker, character: CharacterId): Speaker {
  switch (speaker.kind) {
    case 'user':
      return { kind: 'character', characterId: playerId }
    case 'character':
      return speaker.characterId === character ? { kind: 'user' } : speaker
    case 'environment':
      return speaker
  }
}
