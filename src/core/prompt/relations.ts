import { expandMacros } from '#core/cards/macros.ts'
import { type Cast, type CastMember, namesOf, userName } from '#core/scene/cast.ts'
import { macrosOf, macrosToldOf } from '#core/scene/scene-macros.ts'
import type { PromptMacros } from './prompt-macros.ts'
import type { SourcedText } from './prompt-message.ts'

/** What a character knows of those around it. */
export interface Relations {
  /** The others in the scene, `Name: …` each, a blank line before each but the first. */
  readonly present: readonly SourcedText[]
  /** How the character's card says it stands to people who aren't in the scene, `Name: …` a line. */
  readonly absent: string
}

/**
 * Gathers what the user's persona and the others' cards describe, each together with how the character's own card says
 * it stands to them. Never another's motivation (the data set tells no character those), and its personality only where
 * its card describes nothing: that field is written as seen from inside.
 */
export function relationsOf(member: CastMember, cast: Cast, macros: PromptMacros): Relations {
  const user = userName(cast)
  const values = macrosOf(member, cast, macros)
  const expand = (text: string) => expandMacros(text, values).trim()

  const relationships = Object.entries(member.card.her.relationships ?? {})
    .map(([name, text]) => ({ name: expand(name), text: expand(text) }))
    .filter(({ text }) => text !== '')
  const others = [
    ...cast.characters
      .filter((other) => other.id !== member.id)
      .map((other) => ({
        source: 'card' as const,
        names: namesOf(other.card),
        // In another's card {{char}} is that other, not the one who is told about it.
        profile: expandMacros(publicProfile(other), macrosToldOf(other, cast, macros)).trim(),
      })),
    // Whom the reader plays is among the characters already.
    ...(cast.userPlays === undefined
      ? [{ source: 'persona' as const, names: [user], profile: expand(cast.user.description) }]
      : []),
  ]

  const present: SourcedText[] = []
  for (const { source, names, profile } of others) {
    const relationship = relationships.find(({ name }) => names.some((each) => isSameName(each, name)))
    const known = [profile, relationship?.text ?? ''].filter((text) => text !== '').join('\n')
    if (known !== '') present.push({ source, text: `${present.length > 0 ? '\n\n' : ''}${names[0]}: ${known}` })
  }
  const absent = relationships
    .filter(({ name }) => !others.some(({ names }) => names.some((each) => isSameName(each, name))))
    .map(({ name, text }) => `${name}: ${text}`)
    .join('\n')
  return { present, absent }
}

function publicProfile({ card }: CastMember): string {
  return card.description.trim() ? card.description : card.personality
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
