import type { CharacterId, ConversationId, FileId, LorebookId, PersonaId, TurnId } from '#core/ids.ts'
import type { ModelChoices } from '#core/model-choice.ts'
import type { DirectorsNote } from '#core/prompt/directors-note.ts'
import type { Choosing } from '#core/scene/next-speaker.ts'

/** The seals the reader broke, as places of segments by turn. */
export interface Seals {
  readonly broken: Readonly<Record<TurnId, readonly number[]>>
}

/** A chat. Its turns form a tree; `headId` is the leaf the reader is at. */
export interface Conversation {
  readonly id: ConversationId
  readonly characterId: CharacterId
  /** A scene: everyone who has a part in it, in their order. Without one the chat is with `characterId` alone. */
  readonly cast?: readonly CharacterId[]
  /** Whom of the cast the reader plays, instead of a persona. Their turns are this character's, and no model's. */
  readonly userPlays?: CharacterId
  /** In a scene: how it is found who speaks next, and for how many turns it was let run. */
  readonly speaksNext?: { readonly by: Choosing; readonly turns: number }
  readonly personaId?: PersonaId
  /** Whom the reader played earlier in it. */
  readonly formerPersonaIds?: readonly PersonaId[]
  readonly title: string
  readonly headId: TurnId | null
  /** The chat is played sealed: what was thought and planned in it opens only where the reader breaks a seal. */
  readonly seals?: Seals
  /** What the model is told from outside of the story. In its prompts and nowhere else. */
  readonly note?: DirectorsNote
  /** No summary of old turns is made in it unless the reader asks for one. */
  readonly remembers?: false
  /** Books of the library that are part of this chat. */
  readonly lorebookIds?: readonly LorebookId[]
  /** Who answers with which model, where that was chosen for this chat. */
  readonly models?: ModelChoices
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
  /** Books of the library that come along into every chat of this persona. */
  readonly lorebookIds?: readonly LorebookId[]
  /** The reader's own notes: in no prompt, and in no file that goes out with a chat. */
  readonly notes?: string
  readonly portraitId?: FileId
  /** Unix milliseconds. */
  readonly createdAt?: number
  readonly deletedAt?: number
}
