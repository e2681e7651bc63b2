import type { StoreApi } from 'zustand/vanilla'
import type { Dialect, Segment } from '#core/her/segment.ts'
import type { CharacterId, ConversationId, PersonaId, TurnId } from '#core/ids.ts'
import type { DirectorsNote } from '#core/prompt/directors-note.ts'
import type { Answerer } from './prepared-reply.ts'
import type { Previews } from './previews.ts'
import type { Run } from './run-machine.ts'
import type { Sending } from './sending.ts'
import type { Undo } from './undo.ts'

/** The replies being made, by chat. */
export interface Runs {
  readonly byConversation: ReadonlyMap<ConversationId, Run>
}

/** What a chat begins with: a greeting of the card (its place in the list), a scene's opening line, or nothing. */
export type Opening =
  | { readonly kind: 'greetings'; readonly greetings: readonly string[]; readonly chosen: number }
  | { readonly kind: 'scene'; readonly line: string }
  | { readonly kind: 'blank' }

/** What one does in a chat. Each verb resolves when the disk has it; replies go on by themselves after that. */
export interface ChatEngine {
  readonly runs: StoreApi<Runs>
  readonly previews: Previews
  /**
   * Begins a chat, in which the reader plays whom they chose for the character or for all new chats, where nobody is
   * given. With a scene, the character's first reply is asked for at once.
   */
  begin(characterId: CharacterId, opening: Opening, personaId?: PersonaId): Promise<ConversationId>
  /** Fails with `WrittenElsewhere` while another tab writes what this would follow, with `StorageFailure` unsaved. */
  send(conversationId: ConversationId, text: string, sending?: Sending): Promise<void>
  /** Asks someone for the next turn: a character of the scene, or the environment. */
  ask(conversationId: ConversationId, speaker: Answerer): Promise<void>
  /** Resolves when the reply that is being made, if there is one, is on disk as it ended. */
  quiet(conversationId: ConversationId): Promise<void>
  /** Another take of a turn a model was asked for, or a reply to one of the reader's. */
  again(conversationId: ConversationId, turnId: TurnId): Promise<void>
  /** Goes on with a reply that was cut short. Where the server can't, this is another take. */
  goOn(conversationId: ConversationId, turnId: TurnId): Promise<void>
  /**
   * Another take of a character's turn that begins with `opening`, of which nothing is made anew. Where the server can't
   * go on from given words, the model is told to; the take says which (`Making.kept`).
   */
  retake(conversationId: ConversationId, turnId: TurnId, opening: readonly Segment[]): Promise<void>
  stop(conversationId: ConversationId): void
  /** Asks the tab that writes this turn to stop. */
  stopElsewhere(turnId: TurnId): void
  /** Writes a reply that ended and found no room on the disk. Fails with a `StorageFailure` while there is none. */
  saveAgain(conversationId: ConversationId): Promise<void>
  /** Keeps the old words as a take and shows the new ones. */
  edit(conversationId: ConversationId, turnId: TurnId, raw: string, dialect: Dialect): Promise<TurnId>
  /** Shows another take, and the newest that follows from it. */
  select(conversationId: ConversationId, turnId: TurnId): Promise<void>
  remove(conversationId: ConversationId, turnId: TurnId): Promise<Undo>
  /** An empty title gives the chat its character's name again. */
  rename(conversationId: ConversationId, title: string): Promise<void>
  /** What the director tells the model from now on; without a note, nothing any more. */
  direct(conversationId: ConversationId, note?: DirectorsNote): Promise<void>
  removeConversation(conversationId: ConversationId): Promise<Undo>
  /** Marks drafts that no living tab is writing as interrupted. */
  recover(conversationId: ConversationId): Promise<void>
}
