import type { Json, JsonObject } from './card.ts'

/** What another program's character gives of a V3 card's fields; what it lacks is empty. */
export interface ConvertedFields {
  readonly name: string
  readonly description: string
  readonly personality?: string
  readonly scenario?: string
  readonly greetings: readonly string[]
  readonly exampleDialogue?: string
  readonly systemPrompt?: string
  readonly postHistoryInstructions?: string
  readonly creatorNotes?: string
  readonly creator?: string
  readonly version?: string
  readonly tags?: readonly Json[]
  readonly book?: JsonObject
  readonly assets?: readonly Json[]
  readonly extensions: JsonObject
}

/** A V3 card made of another program's character. */
export function convertedCard(fields: ConvertedFields): JsonObject {
  const [firstMessage = '', ...alternateGreetings] = fields.greetings
  const data: JsonObject = {
    name: fields.name,
    description: fields.description,
    personality: fields.personality ?? '',
    scenario: fields.scenario ?? '',
    first_mes: firstMessage,
    mes_example: fields.exampleDialogue ?? '',
    creator_notes: fields.creatorNotes ?? '',
    system_prompt: fields.systemPrompt ?? '',
    post_history_instructions: fields.postHistoryInstructions ?? '',
    alternate_greetings: alternateGreetings,
    group_only_greetings: [],
    tags: fields.tags ?? [],
    creator: fields.creator ?? '',
    character_version: fields.version ?? '',
    ...(fields.book ? { character_book: fields.book } : {}),
    ...(fields.assets ? { assets: fields.assets } : {}),
    extensions: fields.extensions,
  }
  return { spec: 'chara_card_v3', spec_version: '3.0', data }
}

/** An extension under this key, unless there is nothing to keep in it. */
export function extensionOf(key: string, value: JsonObject): JsonObject {
  return Object.keys(value).length > 0 ? { [key]: value } : {}
}

/** A lorebook entry with what V3 requires of one, and what else was found. */
export function bookEntry(keys: readonly string[], content: string, more: JsonObject, rest: JsonObject): JsonObject {
  return {
    keys,
    content,
    extensions: rest,
    enabled: true,
    insertion_order: 100,
    use_regex: false,
    constant: false,
    ...more,
  }
}
