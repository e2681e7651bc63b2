import { estimateTokens } from '#core/prompt/estimate.ts'
import type { CardDocument } from './card.ts'
import { viewCard } from './view-card.ts'

/** What a card takes of every prompt, and what only of the first ones; estimated tokens. */
export interface CardWeight {
  /** In every prompt. */
  readonly permanent: number
  /** The first greeting and the example chats: they give way when the window fills. */
  readonly temporary: number
}

export function weighCard(document: CardDocument): CardWeight {
  const card = viewCard(document)
  const { book = '', motivation = '', relationships = {} } = card.her
  const permanent = [
    ...[card.nickname ?? card.name, card.description, card.personality, card.scenario],
    ...[card.systemPrompt, card.postHistoryInstructions, book, motivation],
    ...Object.entries(relationships).map(([name, text]) => `${name}: ${text}`),
  ]
  return { permanent: sum(permanent), temporary: sum([card.greetings[0] ?? '', card.exampleDialogue]) }
}

function sum(texts: readonly string[]): number {
  return texts.reduce((tokens, text) => tokens + estimateTokens(text), 0)
}
