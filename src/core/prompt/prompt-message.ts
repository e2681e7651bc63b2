/** Where a piece of a prompt came from. */
export type Source = 'form' | 'card' | 'persona' | 'lore' | 'story' | 'note'

/** One stretch of a message's text and where it came from; the stretches joined are the content. */
export interface SourcedText {
  readonly source: Source
  readonly text: string
}

/** A message as it goes to the model, with its origin kept beside it. */
export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
  readonly pieces: readonly SourcedText[]
}
