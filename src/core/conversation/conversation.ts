import type { CharacterId, ConversationId, PersonaId, TurnId } from '#core/ids.ts'
import type { DirectorsNote } from '#core/prompt/directors-note.ts'

/** A chat. Its turns form a tree; `headId` is the leaf the reader is at. */
export interface Conversation {
  readonly id: ConversationId
  readonly characterId: CharacterId
  readonly personaId?: PersonaId
  readonly title: string
  readonly headId: TurnId | null
  /** What the model is told from outside of the story. In its prompts and nowhere else. */
  readonly note?: DirectorsNote
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly deletedAt?: number
}

/** Who the reader plays. */
export interface Persona {
  readonly id: PersonaId
  readonly name: string
  readonly description: string
}
