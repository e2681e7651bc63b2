import type { Severity, TextRange } from './advice.ts'
import type { CardText, LintedCard, TextKind } from './card-texts.ts'

/** What a rule found in one text. */
export interface Finding {
  readonly severity: Severity
  readonly sentence: string
  readonly range?: TextRange
  /** The whole text as it would be right. */
  readonly fix?: { readonly label: string; readonly text: string }
}

/** A rule about single texts. It says one thing about a text, however often it finds it. */
export interface TextRule {
  readonly name: string
  readonly kinds: readonly TextKind[]
  readonly check: (text: string, card: LintedCard, place: CardText) => Finding | undefined
}

/** What goes into the character's profile. */
export const profileKinds: readonly TextKind[] = ['description', 'personality', 'scenario', 'motivation']

/** What is written as the story is. */
export const storyKinds: readonly TextKind[] = ['greeting', 'examples']

/** Whatever a model may be sent. */
export const sentKinds: readonly TextKind[] = [...profileKinds, ...storyKinds, 'relationship', 'lore', 'instructions']

/** Where a match lies. */
export function rangeOf(match: RegExpExecArray | RegExpMatchArray): TextRange {
  const start = match.index ?? 0
  return { start, end: start + match[0].length }
}

/** The text with what a pattern finds replaced by blanks, so that offsets stay. */
export function blankOut(text: string, pattern: RegExp): string {
  return text.replace(pattern, (found) => ' '.repeat(found.length))
}

/** The finding's fix, where it changes something and leaves something. */
export function fixTo(label: string, before: string, after: string): Pick<Finding, 'fix'> {
  return after === before || after.trim() === '' ? {} : { fix: { label, text: after } }
}
