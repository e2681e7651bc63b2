import type { Conversation } from '#core/conversation/conversation.ts'
import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import type { ModelMessage, RequestDescription } from '#ports/model.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import { answererOf } from './parts-in-scene.ts'
import { prepareReply } from './prepare-reply.ts'
import type { PreparedReply } from './prepared-reply.ts'
import { sealOf } from './send-sealed.ts'
import type { Sending } from './sending.ts'
import { unsentTurn } from './unsent-turn.ts'

/** A reply as it would be asked for now; nothing is sent. */
export interface Preview {
  readonly prepared: PreparedReply
  /** The prompt it is to be compared with: what was sent last, or how the reply before it would be asked for now. */
  readonly before: { readonly messages: readonly ModelMessage[]; readonly wasSent: boolean } | undefined
}

/** What a reply would take of the window, in tokens; `used` is estimated. */
export interface Weight {
  readonly used: number
  readonly context: number
  readonly reply: number
}

/** Looks at what a model is sent, made by the very code that sends it. */
export interface Previews {
  /** The next request, with `draft`, when it is not blank, as the reader's turn, said as they chose to say it. */
  next(conversationId: ConversationId, draft: string, sending?: Sending): Promise<Preview>
  /** The request for a turn in its place; for a turn of the reader's, for the reply to it. */
  of(conversationId: ConversationId, turnId: TurnId): Promise<Preview>
  weigh(conversationId: ConversationId, draft: string, sending?: Sending): Promise<Weight>
  describe(preview: Preview): Promise<RequestDescription>
  /** The server's own count of the prompt; undefined where it has none. */
  count(preview: Preview, signal: AbortSignal): Promise<number | undefined>
}

/** What was sent last in each chat since the page was opened. */
type Sent = ReadonlyMap<ConversationId, readonly ModelMessage[]>

export function createPreviews(dependencies: ChatDependencies, sent: Sent): Previews {
  const { storage, openModel, turnsOf, now } = dependencies

  async function read(conversationId: ConversationId) {
    const [conversation, turns] = await Promise.all([
      storage.get('conversations', conversationId),
      turnsOf(conversationId),
    ])
    if (!conversation) throw new Error(`No conversation ${conversationId}`)
    return { conversation, tree: createTree(turns) }
  }

  async function prepareNext(conversationId: ConversationId, draft: string, { whisperTo, answerer }: Sending = {}) {
    const { conversation, tree } = await read(conversationId)
    const told = pathTo(tree, conversation.headId)
    const words = draft.trim()
    const path = words === '' ? told : [...told, unsentTurn(conversation, told, words, now(), whisperTo)]
    return { conversation, told, prepared: await prepareReply(storage, conversation, path, { speaker: answerer }) }
  }

  /** How the newest reply of a path would be asked for now. */
  async function rebuiltBefore(conversation: Conversation, path: readonly Turn[]): Promise<Preview['before']> {
    const last = path.findLastIndex((turn) => !turn.template && answererOf(turn, conversation))
    const turn = path[last]
    if (!turn) return undefined
    const speaker = answererOf(turn, conversation)
    const { request } = await prepareReply(storage, conversation, path.slice(0, last), { speaker })
    return { messages: request.messages, wasSent: false }
  }

  return {
    next: async (conversationId, draft, sending) => {
      const { conversation, told, prepared } = await prepareNext(conversationId, draft, sending)
      const messages = sent.get(conversationId)
      return { prepared, before: messages ? { messages, wasSent: true } : await rebuiltBefore(conversation, told) }
    },

    of: async (conversationId, turnId) => {
      const { conversation, tree } = await read(conversationId)
      const turn = tree.turnsById.get(turnId)
      if (!turn) throw new Error(`No turn ${turnId} in conversation ${conversationId}`)
      const speaker = answererOf(turn, conversation)
      const path = pathTo(tree, speaker ? turn.parentId : turnId)
      const prepared = await prepareReply(storage, conversation, path, { speaker })
      return { prepared, before: await rebuiltBefore(conversation, path) }
    },

    weigh: async (conversationId, draft, sending) => {
      const { prepared } = await prepareNext(conversationId, draft, sending)
      // What the reply will need is at hand then. What can't be had is told of when the reply is asked for.
      sealOf(prepared)
        .then(() => openModel(prepared.connection))
        .then(
          (model) => model.expect?.(prepared.request),
          () => undefined,
        )
      return weightOf(prepared)
    },

    describe: async ({ prepared }) => (await openModel(prepared.connection)).describe(prepared.request),

    count: async ({ prepared }, signal) => (await openModel(prepared.connection)).count(prepared.request, signal),
  }
}

export function weightOf({ connection, request, estimatedTokens, contextTokens }: PreparedReply): Weight {
  return {
    used: Math.ceil(estimatedTokens * (connection.tokenFactor ?? 1)),
    context: contextTokens,
    reply: request.sampling.maxTokens,
  }
}
