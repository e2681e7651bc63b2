import type { CharacterId } from '#core/ids.ts'

/** Whose cards have what was looked for. */
export interface FoundCards {
  /** In no order. */
  readonly ids: readonly CharacterId[]
  /** False while the cards are still being read: there may be more. */
  readonly isComplete: boolean
}

/** Cards as files, in one archive. */
export interface CardArchive {
  readonly blob: Blob
  readonly cards: number
}

/** What is done with many whole cards, beside the page and not in its way. */
export interface CardDesk {
  /** Looks through all text of all cards. The first question makes it read them. */
  search(typed: string): Promise<FoundCards>
  /** Calls back when an answer may have become another. Gives the way out. */
  onChange(listener: () => void): () => void
  /**
   * Writes each card as a file: the one it came from where nobody edited it, else a PNG where it has such a picture,
   * else JSON. Undefined when it was called off.
   */
  export(
    ids: readonly CharacterId[],
    onProgress: (done: number) => void,
    signal: AbortSignal,
  ): Promise<CardArchive | undefined>
}
