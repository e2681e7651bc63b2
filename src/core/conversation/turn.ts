import type { Dialect, Layer } from '#core/her/segment.ts'
import type { CharacterId, ConnectionId, ConversationId, PersonaId, TurnId } from '#core/ids.ts'
import type { ModelError } from '#core/model-error.ts'

/** Who a turn belongs to. Names are looked up when they are shown: two characters may share one. */
export type Speaker =
  | { readonly kind: 'user'; readonly personaId?: PersonaId }
  | { readonly kind: 'character'; readonly characterId: CharacterId }
  | { readonly kind: 'environment' }

/**
 * How a turn came to its end. `draft` is still being written (or was, by a tab that died: see `interrupted`),
 * `length` ran out of tokens, `stopped` was stopped by the reader, `interrupted` was found as a draft with no writer.
 */
export type Ending = 'draft' | 'complete' | 'length' | 'stopped' | 'failed' | 'interrupted'

/** What of another take a reply was begun with, and how its model was brought to go on from there. */
export interface Kept {
  readonly layers: readonly Layer[]
  /** `prefill`: the reply went on from these words. `instruction`: the model was told to, in words. */
  readonly way: 'prefill' | 'instruction'
  /** Planning the model wrote anew though it was to keep what there was: told, and in no segment. */
  readonly leftOut?: string
}

/** The stages of HER's reverse engineering that a teacher has part in: thoughts, drafts of plans, plans. */
export type EnhanceStage = 'S2' | 'S3a' | 'S3b'

/** Where a take comes from whose thoughts or planning were written after the story, and not with it. */
export interface Provenance {
  readonly kind: 'reverse-engineered'
  /** The model that wrote them. */
  readonly teacher: string
  readonly stages: readonly EnhanceStage[]
  readonly jobId: string
  /** The turn they were written for; nothing where that stayed behind. */
  readonly from?: TurnId
}

/** What is known of how a reply was made. Times are in milliseconds, counts in tokens. */
export interface Making {
  readonly connectionId?: ConnectionId
  readonly model?: string
  /** True when the words were scripted by us and not made by a model. */
  readonly scripted?: boolean
  readonly firstByteMs?: number
  readonly planningMs?: number
  readonly totalMs?: number
  /** When it failed, in unix milliseconds: a server that bids to wait counts from then. */
  readonly failedAt?: number
  readonly promptTokens?: number
  readonly completionTokens?: number
  /** Older turns that did not fit the context window, and so were not sent. */
  readonly droppedTurns?: number
  /** How many of the oldest turns were not sent themselves, but a summary of them. */
  readonly rememberedTurns?: number
  /** It was made before it was asked for: how long it took, nobody waited. */
  readonly madeAhead?: true
  readonly kept?: Kept
  /** The limit of its planning, in tokens, when that was reached: planning was closed there, or the reply with it. */
  readonly planningLimit?: number
  /** So many sentences its character can't know were looked for in its request before that left; none was there. */
  readonly sealedFrom?: number
  /** The model that was chosen for who speaks was gone: the connection in use answered. */
  readonly fellBack?: true
  /** What the model says for others was wanted, and is part of the turn. */
  readonly keepsOthers?: true
  /** Its words are another turn's, and what is thought and planned in it was written afterwards. */
  readonly provenance?: Provenance
}

/**
 * One turn: a node in the conversation's tree. `raw` is the record, segments are derived from it, so a better reader
 * repairs old chats. An alternate ("take") is a sibling: a turn with the same parent. Nothing is overwritten.
 */
export interface Turn {
  readonly id: TurnId
  readonly conversationId: ConversationId
  readonly parentId: TurnId | null
  readonly speaker: Speaker
  readonly dialect: Dialect
  readonly raw: string
  /** True while `raw` still holds macros such as `{{user}}` (a card's greeting). */
  readonly template?: boolean
  readonly ending: Ending
  readonly failure?: ModelError
  readonly making?: Making
  readonly editedFrom?: TurnId
  /** Who of the cast perceived it; everyone who had come in by then where that is not said. */
  readonly present?: readonly CharacterId[]
  /** Who is gone after it, and perceived it still. */
  readonly left?: readonly CharacterId[]
  /** Who is there from it on, and perceived it already. */
  readonly entered?: readonly CharacterId[]
  /** What is said in it only these heard, beside who said it. What is done in it everyone present saw. */
  readonly whisperTo?: readonly CharacterId[]
  /** What the reader calls this place in the story. */
  readonly name?: string
  /** The reader wants to find this place again. */
  readonly bookmarked?: true
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly deletedAt?: number
}

/** Endings of a reply that may have come before its first word. */
const wordless: ReadonlySet<Ending> = new Set(['failed', 'interrupted', 'stopped'])

/** A try for a reply that brought no word: nothing to walk back to, and nothing anybody would miss. */
export function isWordless({ speaker, ending, raw }: Turn): boolean {
  return speaker.kind === 'character' && raw === '' && wordless.has(ending)
}
