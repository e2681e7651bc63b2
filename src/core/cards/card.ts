/** Any JSON, as a card may hold it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** What HER knows of a character and the card formats lack, kept under `data.extensions.her`. */
export interface HerExtension {
  readonly book?: string
  readonly motivation?: string
  readonly relationships?: Readonly<Record<string, string>>
}

/**
 * A card as its author wrote it: the parsed tree, untouched, unknown fields and all. What the app uses is a view made
 * from it (`viewCard`); what it writes is this tree with the edited places replaced.
 */
export interface CardDocument {
  readonly spec: 'v1' | 'v2' | 'v3'
  readonly raw: JsonObject
  /** What to call a card that gives itself no name: the name of its file. Not part of the card, and never written. */
  readonly fallbackName?: string
}

/** A card's fields made fit for use: missing ones empty, wrong types coerced. Never stored. */
export interface CardView {
  readonly name: string
  readonly nickname?: string
  readonly description: string
  readonly personality: string
  readonly scenario: string
  /** `first_mes`, then the alternate greetings; empty ones left out. */
  readonly greetings: readonly string[]
  readonly exampleDialogue: string
  readonly systemPrompt: string
  readonly postHistoryInstructions: string
  readonly creatorNotes: string
  readonly creator: string
  readonly version: string
  readonly tags: readonly string[]
  /** How often it takes the word among others, from 0 to 1 (SillyTavern's `extensions.talkativeness`). */
  readonly talkativeness?: number
  readonly her: HerExtension
}

/** A card of which nothing is known: what a view of another making starts from. */
export const emptyCard: CardView = {
  name: '',
  description: '',
  personality: '',
  scenario: '',
  greetings: [],
  exampleDialogue: '',
  systemPrompt: '',
  postHistoryInstructions: '',
  creatorNotes: '',
  creator: '',
  version: '',
  tags: [],
  her: {},
}
