import type { CardView } from '#core/cards/card.ts'
import { defaultPersonaId } from '#core/conversation/persona.ts'
import type { Speaker } from '#core/conversation/turn.ts'
import type { CharacterId, PersonaId } from '#core/ids.ts'

/** One character of a scene and the card it is played from. */
export interface CastMember {
  readonly id: CharacterId
  readonly card: CardView
  /** What the others see of it in this scene, in the place of what its card says. */
  readonly appearance?: string
}

/** Who takes part in a scene. Characters are told apart by id, never by name: two may be called the same. */
export interface Cast {
  readonly characters: readonly CastMember[]
  /** Who the reader plays. */
  readonly user: { readonly name: string; readonly description: string }
  /** Names of other personas the reader has played in this story: what they said then is still theirs. */
  readonly formerUsers?: ReadonlyMap<PersonaId, string>
  /** Set when that is one of the characters; `user` is then called the same and describes nothing. */
  readonly userPlays?: CharacterId
}

/** Who narrates: what is neither a character's nor the reader's (HER writes `Environment: …`). */
export const environmentName = 'Environment'

/** What a character is called in the story: its nickname, else its name (Character Card V3). On one line. */
export function spokenName(card: CardView): string {
  return oneLine(card.nickname ?? '') || oneLine(card.name) || someone
}

/** Every name a character's turn may be headed with, the spoken one first. */
export function namesOf(card: CardView): string[] {
  return distinct([spokenName(card), oneLine(card.name)])
}

/** What a character is like to the eyes of the others: its personality only where its card describes nothing else. */
export function outwardOf({ card, appearance }: CastMember): string {
  return appearance ?? (card.description.trim() ? card.description : card.personality)
}

/** What the user is called in the story. */
export function userName(cast: Cast): string {
  return oneLine(cast.user.name) || someone
}

/** The name a turn is headed with. A character that is no longer of the cast is "Someone". */
export function nameOf(speaker: Speaker, cast: Cast): string {
  switch (speaker.kind) {
    case 'user': {
      const former = cast.formerUsers?.get(speaker.personaId ?? defaultPersonaId)
      return former === undefined ? userName(cast) : oneLine(former) || someone
    }
    case 'environment':
      return environmentName
    case 'character': {
      const member = memberOf(speaker.characterId, cast)
      return member ? spokenName(member.card) : someone
    }
  }
}

export function memberOf(id: CharacterId, cast: Cast): CastMember | undefined {
  return cast.characters.find((member) => member.id === id)
}

/**
 * The names that end a character's turn when its model goes on to speak for others: the user's first, then the other
 * characters', then the environment's. A name it shares with someone is its own.
 */
export function otherNames(id: CharacterId, cast: Cast): string[] {
  const own = memberOf(id, cast)
  const ownNames = new Set(own ? namesOf(own.card).map((name) => name.toLowerCase()) : [])
  const others = cast.characters.filter((member) => member.id !== id).flatMap((member) => namesOf(member.card))
  const former = [...(cast.formerUsers?.values() ?? [])].map(oneLine)
  return distinct([userName(cast), ...others, ...former, environmentName]).filter(
    (name) => !ownNames.has(name.toLowerCase()),
  )
}

/** Everyone's names, the user's first: what ends a turn of the environment. */
export function everyName(cast: Cast): string[] {
  return distinct([userName(cast), ...cast.characters.flatMap(({ card }) => namesOf(card))])
}

const someone = 'Someone'

function oneLine(name: string): string {
  return name.replace(/\s+/g, ' ').trim()
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names.filter((name) => name !== ''))]
}
