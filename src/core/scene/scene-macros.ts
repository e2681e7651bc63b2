import { fieldMacros } from '#core/cards/field-macros.ts'
import { expandMacros, type MacroValues } from '#core/cards/macros.ts'
import { type Cast, type CastMember, memberOf, spokenName, userName } from './cast.ts'

/** What macros stand for beside names and texts of the cast. */
type Circumstances = Omit<MacroValues, 'char' | 'user' | 'others'>

/** What the macros in a character's own texts stand for. */
export function macrosOf({ card }: CastMember, cast: Cast, circumstances: Circumstances = {}): MacroValues {
  const names = { ...circumstances, char: spokenName(card), user: userName(cast) }
  return { ...names, others: fieldMacros(card, personaText(cast, names), names) }
}

/**
 * What they stand for in another's text that is told to someone: the other's name, and of texts only the persona, which
 * is told to everyone. Another's scenario is its own.
 */
export function macrosToldOf({ card }: CastMember, cast: Cast, circumstances: Circumstances = {}): MacroValues {
  const names = { ...circumstances, char: spokenName(card), user: userName(cast) }
  return { ...names, others: { get: (name) => (name === 'persona' ? personaText(cast, names) : undefined) } }
}

/** What the reader plays, as everyone is told of it. Where that is one of the characters, what its card describes. */
function personaText({ user, userPlays, ...cast }: Cast, names: MacroValues): string {
  const played = userPlays === undefined ? undefined : memberOf(userPlays, { user, ...cast })
  if (!played) return expandMacros(user.description, names).trim()
  return expandMacros(played.card.description, { ...names, char: spokenName(played.card) }).trim()
}
