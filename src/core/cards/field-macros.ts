import type { CardView } from './card.ts'
import { expandMacros, type MacroValues } from './macros.ts'

/** Macros that stand for another text of the card or of the story, by lower-case name. Each may use those before it. */
export const fieldMacroNames: readonly string[] = ['persona', 'charversion', 'scenario', 'personality', 'description']

type FieldMacros = NonNullable<MacroValues['others']>

/**
 * What `{{persona}}`, `{{scenario}}` and their kin stand for, each made when it is first asked for. A text that stands
 * for itself, directly or by way of another, would never end: it may use those before it in the list, and of itself and
 * those after it nothing comes.
 *
 * @param persona what the reader's persona is like, its own macros filled.
 */
export function fieldMacros(card: CardView, persona: string, names: Omit<MacroValues, 'others'>): FieldMacros {
  const texts = [persona, card.version, card.scenario, card.personality, card.description]
  const made = new Map<number, string>()

  const valueAt = (place: number): string => {
    const known = made.get(place)
    if (known !== undefined) return known
    // The persona is the reader's own text, and what it says is told as it is.
    const text = texts[place] ?? ''
    const others = { get: (name: string) => valueBefore(place, name) }
    const value = place === 0 ? text : expandMacros(text, { ...names, others })
    made.set(place, value.trim())
    return value.trim()
  }
  const valueBefore = (limit: number, name: string): string | undefined => {
    const place = fieldMacroNames.indexOf(name)
    if (place < 0) return undefined
    return place < limit ? valueAt(place) : ''
  }
  return { get: (name) => valueBefore(texts.length, name) }
}
