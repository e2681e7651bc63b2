import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Segment } from '#core/her/segment.ts'
import { writePlayer } from '#core/her/write-player.ts'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import type { ModelError } from '#core/model-error.ts'
import { castIdsOf, modelsOwn } from '#core/scene/cast-of.ts'
import { hearsWords, presentAfter } from '#core/scene/presence.ts'
import { inParallel } from '#lib/in-parallel.ts'
import { ModelFailure } from '#ports/model.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import { readParallel } from './parallel-requests.ts'
import { type PreparedAside, prepareMirror, preparePlayerTurn } from './prepare-aside.ts'
import { createReplyText } from './reply-text.ts'
import type { Sending } from './sending.ts'
import { unsentTurn } from './unsent-turn.ts'

/** How an aside ended; `empty` when the model said nothing of what was asked for. */
export type AsideEnd =
  | { readonly kind: 'done' | 'stopped' | 'empty' }
  | { readonly kind: 'failed'; readonly error: ModelError }

interface Asked {
  readonly conversationId: ConversationId
  readonly signal: AbortSignal
  /** All of it so far, each time there is more. */
  readonly onText: (text: string) => void
}

interface AskedOfAll extends Pick<Asked, 'conversationId' | 'signal'> {
  readonly draft: string
  /** How the draft is to be said: a whisper is told to those it is for. */
  readonly sending?: Sending
  /** Who is asked, before anyone answers. */
  readonly onAsked: (ids: readonly CharacterId[]) => void
  readonly onText: (id: CharacterId, text: string) => void
  readonly onEnd: (id: CharacterId, end: AsideEnd) => void
}

/** What a model is asked beside the story. Nothing of it is stored, and no turn comes of it. */
export interface Asides {
  /** The reader's next turn, as they would type it. */
  writeForReader(asked: Asked): Promise<AsideEnd>
  /** The silent thought that `draft`, unsent, would provoke in the character. */
  mirror(asked: Asked & { readonly draft: string; readonly sending?: Sending }): Promise<AsideEnd>
  /** The same in everyone who would hear it, several at once: each of the model that plays it, and of nobody else's. */
  mirrors(asked: AskedOfAll): Promise<void>
}

export function createAsides(
  dependencies: Pick<ChatDependencies, 'storage' | 'openModel' | 'turnsOf' | 'now'>,
): Asides {
  const { storage, openModel, turnsOf, now } = dependencies

  return {
    writeForReader: async (asked) => {
      const { conversation, path } = await findPath(asked.conversationId)
      return listen(await preparePlayerTurn(storage, conversation, path), '', asked, writePlayer, () => false)
    },

    mirror: async ({ draft, sending, ...asked }) => {
      const { conversation, path } = await findPath(asked.conversationId)
      const turn = unsentTurn(conversation, path, draft, now(), sending?.whisperTo)
      const answerer = sending?.answerer?.kind === 'character' ? sending.answerer : undefined
      const { prepared, opening } = await prepareMirror(storage, conversation, [...path, turn], answerer)
      return listen(prepared, opening, asked, firstThought, isPastThought)
    },

    mirrors: async ({ conversationId, draft, sending, signal, onAsked, onText, onEnd }) => {
      const { conversation, path } = await findPath(conversationId)
      const turn = unsentTurn(conversation, path, draft, now(), sending?.whisperTo)
      const heard = [...path, turn]
      const present = presentAfter(path, castIdsOf(conversation))
      const asked = modelsOwn(conversation).filter((one) => present.includes(one) && hearsWords(one, turn))
      onAsked(asked)
      const ask = async (characterId: CharacterId) => {
        const speaker = { kind: 'character', characterId } as const
        const { prepared, opening } = await prepareMirror(storage, conversation, heard, speaker)
        const listening = { conversationId, signal, onText: (text: string) => onText(characterId, text) }
        onEnd(characterId, await listen(prepared, opening, listening, firstThought, isPastThought))
      }
      await inParallel(asked, await readParallel(storage), ask, signal)
    },
  }

  async function findPath(conversationId: ConversationId) {
    const conversation = await storage.get('conversations', conversationId)
    if (!conversation) throw new Error(`No conversation ${conversationId}`)
    return { conversation, path: pathTo(createTree(await turnsOf(conversationId)), conversation.headId) }
  }

  /** Streams an answer that begins with `opening` until it ends, is stopped, or holds what it was asked for. */
  async function listen(
    prepared: PreparedAside,
    opening: string,
    { signal, onText }: Asked,
    read: (segments: readonly Segment[]) => string,
    isEnough: (segments: readonly Segment[]) => boolean,
  ): Promise<AsideEnd> {
    const aborter = new AbortController()
    const abort = () => aborter.abort()
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
    let text = ''
    const answer = createReplyText(prepared, opening, (_words, { segments }) => {
      const next = read(segments)
      if (next === text) return
      text = next
      onText(text)
    })
    try {
      const model = await openModel(prepared.connection)
      for await (const part of model.stream(prepared.request, aborter.signal)) {
        answer.push(part)
        if (answer.reply.cut !== undefined || isEnough(answer.reply.segments)) break
      }
      answer.end()
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error
      return { kind: 'failed', error: error.error }
    } finally {
      aborter.abort()
      signal.removeEventListener('abort', abort)
    }
    if (signal.aborted) return { kind: 'stopped' }
    return { kind: text === '' ? 'empty' : 'done' }
  }
}

function firstThought(segments: readonly Segment[]): string {
  return segments.find(({ layer }) => layer === 'role_thinking')?.text.trim() ?? ''
}

function isPastThought(segments: readonly Segment[]): boolean {
  const thought = segments.findIndex(({ layer, text }) => layer === 'role_thinking' && text.trim() !== '')
  return thought >= 0 && (segments[thought]?.closed === true || segments.length > thought + 1)
}
