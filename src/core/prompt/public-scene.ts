import { expandMacros } from '#core/cards/macros.ts'
import { type Cast, type CastMember, spokenName, userName } from '#core/scene/cast.ts'
import { environmentReader, type HeardTurns } from '#core/scene/hearing.ts'
import { macrosToldOf } from '#core/scene/scene-macros.ts'
import { chooseHistory } from './choose-history.ts'
import type { PromptMacros } from './prompt-macros.ts'
import type { SourcedText } from './prompt-message.ts'
import { disarm } from './special-tokens.ts'

/** A scene as everybody in it knows it. */
export interface PublicScene {
  readonly cast: Cast
  /** Who is there. */
  readonly present: readonly CastMember[]
  /** What all of them heard (`hearInCommon`). */
  readonly heard: HeardTurns
  readonly macros?: PromptMacros
}

/** Who is there and what each is like to the eyes of the others, `Name: …` each: no motive, and nobody's scenario. */
export function describePresent({ cast, present, macros }: PublicScene): SourcedText[] {
  const user = userName(cast)
  const characters = present.map((member) => {
    const { card } = member
    const profile = card.description.trim() ? card.description : card.personality
    const told = expandMacros(profile, macrosToldOf(member, cast, macros))
    return { source: 'card' as const, name: spokenName(card), profile: told }
  })
  const reader =
    cast.userPlays === undefined ? [{ source: 'persona' as const, name: user, profile: cast.user.description }] : []
  return [...characters, ...reader].map(({ source, name, profile }, index) => ({
    source,
    text: disarm(`${index > 0 ? '\n\n' : ''}${profile.trim() === '' ? name : `${name}: ${profile.trim()}`}`),
  }))
}

/** The newest turns that fit, as one text each. */
export function tellPublic({ heard }: PublicScene, room: number): string[] {
  const { turns } = chooseHistory(heard, environmentReader, room)
  return turns.map(({ head, body }) => head + body)
}
