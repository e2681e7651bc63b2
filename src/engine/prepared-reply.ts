import type { Connection } from '#core/connection.ts'
import type { Speaker } from '#core/conversation/turn.ts'
import type { ActiveLore } from '#core/lorebook/active-lore.ts'
import type { Prompt } from '#core/prompt/build-prompt.ts'
import type { DirectorsNote } from '#core/prompt/directors-note.ts'
import type { ModelRequest } from '#ports/model.ts'
import type { BegunText, Prefill } from './reply-basis.ts'
import type { Sealing } from './send-sealed.ts'

/** Everything a reply needs before its request leaves. */
export interface PreparedReply {
  /** Whose reply it is. */
  readonly speaker: Answerer
  /** The connection it is asked of, as it is bound to who answers. */
  readonly connection: Connection
  /** That one's own was gone. */
  readonly fellBack?: true
  readonly request: ModelRequest
  /** What it was made of. */
  readonly sealing: Sealing
  /**
   * What the reply begins with: planning opened for the model, the words it was begun with, the same where the model
   * could only be told to go on from them, or nothing.
   */
  readonly prefill: Prefill
  readonly reader: { readonly speaker: string; readonly aliases: readonly string[]; readonly others: readonly string[] }
  readonly droppedTurns: number
  /** How many of the oldest turns a summary stands for. */
  readonly rememberedTurns: number
  readonly prompt: Prompt
  /** What the request takes of the window, prefill included: estimated, without the server's factor. */
  readonly estimatedTokens: number
  /** The window, as the server told it or as it is assumed. */
  readonly contextTokens: number
  readonly note?: DirectorsNote
  /** What became of every entry of the books that apply; missing where none does. */
  readonly lore?: ActiveLore
  /** Where a reply is stopped that goes on after its planning. */
  readonly stopAfterPlanning: readonly string[]
}

/** A reply of which all is read; its prompt, which takes the page's time, is yet to be built. */
export interface UnbuiltReply extends Pick<PreparedReply, 'speaker' | 'prefill'> {
  /** To be asked for once. Throws where the program would tell someone what is not theirs to know. */
  readonly prepare: () => PreparedReply
}

/** Who can be asked for a turn. */
export type Answerer = Exclude<Speaker, { readonly kind: 'user' }>

/** What is not as usual about a reply. */
export interface ReplyWish {
  /** Text the reply already has and goes on from, where the server can. */
  readonly begun?: BegunText | undefined
  /** How much of what the reply leaves of the window the prompt may take: to see what would drop from less. */
  readonly share?: number
  /** Whose reply it is: in a chat with one character that one's, in a scene whoever is spoken to, else whose turn it is. */
  readonly speaker?: Answerer | undefined
}
