import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'

/** What one character remembers of the turns of a branch up to one of them. */
export interface Remembered {
  /** Unique among the memories of a chat. */
  readonly id: string
  /** Whose memory it is: made of what that character heard, its own thoughts included, and of nothing else. */
  readonly characterId: CharacterId
  /** A shared memory (its character is the environment): made of what all of these perceived, and of no thought. */
  readonly sharedBy?: readonly CharacterId[]
  /** The newest turn it stands for. It belongs to the branches that turn is in. */
  readonly throughId: TurnId
  /** How many turns of the branch it stands for. */
  readonly turns: number
  readonly text: string
  readonly writtenBy: 'model' | 'reader'
  /** The version this one took the place of. */
  readonly previousId?: string
  /** Put in force by the reader's hand: it stands until another is made from it, however little it reaches. */
  readonly chosen?: true
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly deletedAt?: number
}

/** The summaries of a chat's older turns, every version there ever was, oldest first. */
export interface StoryMemory {
  readonly conversationId: ConversationId
  readonly versions: readonly Remembered[]
}
