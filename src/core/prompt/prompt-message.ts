/** Where a piece of a prompt came from. */
export type Source = 'form' | 'card' | 'persona' | 'lore' | 'memory' | 'story' | 'note'

/** An entry of a lorebook, as a prompt tells of it. */
export interface LoreOrigin {
  readonly bookId: string
  readonly entryId: string
  readonly title: string
}

/** One stretch of a message's text and where it came from; the stretches joined are the content. */
export interface SourcedText {
  readonly source: Source
  readonly text: string
  /** The entry it is from, when it is lore. */
  readonly lore?: LoreOrigin
}

/** A message as it goes to the model, with its origin kept beside it. */
export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
  readonly pieces: readonly SourcedText[]
}

/** A message of these pieces; neighbours of one source (and one entry) become one piece, empty ones none. */
export function createMessage(role: PromptMessage['role'], pieces: readonly SourcedText[]): PromptMessage {
  const merged: SourcedText[] = []
  for (const piece of pieces) {
    const previous = merged.at(-1)
    if (piece.text === '') continue
    if (previous?.source === piece.source && previous.lore === piece.lore) {
      merged[merged.length - 1] = { ...previous, text: previous.text + piece.text }
    } else merged.push(piece)
  }
  return { role, content: merged.map((piece) => piece.text).join(''), pieces: merged }
}
