/** What a line asks for, as far as a script can tell. */
export type Intent =
  | 'greeting'
  | 'self'
  | 'other'
  | 'compliment'
  | 'provocation'
  | 'goodbye'
  | 'action'
  | 'feelings'
  | 'fallback'

/**
 * A character's script: whole replies in HER's format, by occasion. `{echo}` in a reply is filled with a short phrase
 * of the reader's own; such a reply is left out where there is none. `{name}` is the character's name.
 */
export interface Scene {
  readonly name: string
  /** Hue of the portrait in OKLCH degrees. */
  readonly hue: number
  readonly title: string
  /** What the environment says before anybody speaks. */
  readonly opening: string
  /** The character's first reply, when only the environment has spoken. */
  readonly first: string
  /** Other takes of the first reply. */
  readonly retakes: readonly string[]
  /** What happens next, in order, when the reader leaves the lead to the character. */
  readonly beats: readonly string[]
  readonly replies: Readonly<Record<Intent, readonly string[]>>
  /** Said, and nothing else, when the reader asks whether there is a mind behind the words. */
  readonly honesty: readonly string[]
}
