import { expandMacros } from '#core/cards/macros.ts'
import { type Cast, type CastMember, outwardOf, spokenName, userName } from '#core/scene/cast.ts'
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
  /** Where and when it plays, where the scene itself says so. What one card alone says of that is none of it. */
  readonly scenario?: string
  readonly macros?: PromptMacros
}

/** Where and when it plays, under a heading of its own; nothing where the scene does not say. */
export function describePlace({ cast, scenario = '', macros }: PublicScene): SourcedText[] {
  const [first] = cast.characters
  const names = { char: first ? spokenName(first.card) : '', user: userName(cast) }
  const place = disarm(expandMacros(scenario, { ...macros, ...names }).trim())
  return place === ''
    ? []
    : [
        { source: 'form', text: '\n\n===Current Scenario===\n' },
        { source: 'card', text: place },
      ]
}

/** Who is there and what each is like to the eyes of the others, `Name: …` each: no motive, and nobody's scenario. */
export function describePresent({ cast, present, macros }: PublicScene): SourcedText[] {
  const user = userName(cast)
  const characters = present.map((member) => {
    const told = expandMacros(outwardOf(member), macrosToldOf(member, cast, macros))
    return { source: 'card' as const, name: spokenName(member.card), profile: told }
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
