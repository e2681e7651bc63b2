import type { CharacterId, ConversationId, FileId, LorebookId, PersonaId, SceneId, TurnId } from '#core/ids.ts'
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
  /** What it was begun from. */
  readonly sceneId?: SceneId
  /** Where and when it plays, in the place of what its cards say of that. */
  readonly scenario?: string
  /** What each has on its mind in it, beside its card's motivation: in the prompts of that one and of nobody else. */
  readonly secrets?: Readonly<Record<CharacterId, string>>
  /** What the others see of one of them in it, in the place of what its card says. */
  readonly appearances?: Readonly<Record<CharacterId, string>>
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
