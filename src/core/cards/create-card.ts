import type { CardDocument, CardView, Json, JsonObject } from './card.ts'

/** What a new card is made from: a view's fields, of which only the name is needed. */
export interface NewCard extends Partial<CardView> {
  readonly name: string
  /** Unix seconds, as the format wants it. */
  readonly creationDate?: number
}

/**
 * A fresh V3 card with every field that Character Card V3 requires. Viewing it gives back the fields it was made from.
 */
export function createCard(card: NewCard): CardDocument {
  const [firstMessage = '', ...alternateGreetings] = card.greetings ?? []
  const data: JsonObject = {
    name: card.name,
    ...(card.nickname ? { nickname: card.nickname } : {}),
    description: card.description ?? '',
    personality: card.personality ?? '',
    scenario: card.scenario ?? '',
    first_mes: firstMessage,
    mes_example: card.exampleDialogue ?? '',
    alternate_greetings: alternateGreetings,
    group_only_greetings: [],
    system_prompt: card.systemPrompt ?? '',
    post_history_instructions: card.postHistoryInstructions ?? '',
    creator_notes: card.creatorNotes ?? '',
    creator: card.creator ?? '',
    character_version: card.version ?? '',
    tags: card.tags ?? [],
    ...(card.creationDate === undefined ? {} : { creation_date: card.creationDate }),
    extensions: card.her && Object.keys(card.her).length > 0 ? { her: toJson(card.her) } : {},
  }
  return { spec: 'v3', raw: { spec: 'chara_card_v3', spec_version: '3.0', data } }
}

function toJson({ book, motivation, relationships }: CardView['her']): Json {
  return {
    ...(book === undefined ? {} : { book }),
    ...(motivation === undefined ? {} : { motivation }),
    ...(relationships === undefined ? {} : { relationships }),
  }
}
