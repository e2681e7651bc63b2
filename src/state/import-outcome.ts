import type { CharacterId, ConversationId, LorebookId } from '#core/ids.ts'

/** What became of one file. */
export interface ImportOutcome {
  readonly fileName: string
  readonly characterId?: CharacterId
  /** For the file of a chat. */
  readonly conversationId?: ConversationId
  /** For the file of a lorebook. */
  readonly lorebookId?: LorebookId
  /** Sentences: what was wrong with the file, or what was mended on the way in. */
  readonly notes: readonly string[]
}
