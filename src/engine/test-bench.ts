import type { CardDocument } from '#core/cards/card.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Segment } from '#core/her/segment.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { ModelError } from '#core/model-error.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import { ModelFailure } from '#ports/model.ts'
import type { StoragePort } from '#ports/storage.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import { openingTurns } from './opening-turns.ts'
import { prepareReply } from './prepare-reply.ts'
import type { PreparedReply } from './prepared-reply.ts'
import { createReplyText } from './reply-text.ts'
import { streamWithinPlan } from './stream-within-plan.ts'
import { unsentTurn } from './unsent-turn.ts'

/** What a reply took. Times are in milliseconds. */
export interface BenchFigures {
  /** Until the first word of anything. */
  readonly firstByteMs?: number
  readonly planningMs?: number
  readonly totalMs: number
  readonly promptTokens: number
  readonly replyTokens: number
  /** The server counted the tokens; else they are estimated. */
  readonly isCounted: boolean
}

/** A character's answer to one opening, as far as it is there. */
export interface BenchReply {
  readonly phase: 'waiting' | 'writing' | 'done' | 'length' | 'stopped' | 'failed'
  readonly segments: readonly Segment[]
  readonly failure?: ModelError
  readonly figures?: BenchFigures
}

interface Asked {
  readonly characterId: CharacterId
  /** The card to be tried; it need not be on disk. */
  readonly document: CardDocument
  readonly openings: readonly string[]
  readonly signal: AbortSignal
  /** The answer to an opening, each time there is more of it. */
  readonly onReply: (opening: number, reply: BenchReply) => void
}

/** Tries a card: asks for replies as a chat would, and stores nothing. */
export interface TestBench {
  /** One opening after the other, each in a chat of its own that begins with the card's greeting. */
  run(asked: Asked): Promise<void>
}

const benchId = 'test-bench' as ConversationId

export function createTestBench(
  dependencies: Pick<ChatDependencies, 'storage' | 'openModel' | 'now' | 'onFrame'>,
): TestBench {
  const { storage, openModel, now, onFrame } = dependencies

  async function prepare(characterId: CharacterId, document: CardDocument, opening: string): Promise<PreparedReply> {
    const at = now()
    const [greeting] = viewCard(document).greetings
    const newTurn = () => ({ id: 'greeting' as TurnId, conversationId: benchId, parentId: null, createdAt: at })
    const greetings = greeting === undefined ? [] : [greeting]
    const before = openingTurns({ kind: 'greetings', greetings, chosen: 0 }, characterId, newTurn)
    const conversation: Conversation = {
      id: benchId,
      characterId,
      title: '',
      headId: before[0]?.id ?? null,
      createdAt: at,
      updatedAt: at,
    }
    const path: readonly Turn[] = [...before, unsentTurn(conversation, before, opening, at)]
    return prepareReply(withCard(storage, characterId, document), conversation, path)
  }

  async function answer(prepared: PreparedReply, signal: AbortSignal, onReply: (reply: BenchReply) => void) {
    const startedAt = now()
    let firstByteAt: number | undefined
    let plannedAt: number | undefined
    let counted: { readonly promptTokens?: number; readonly completionTokens?: number } = {}
    let isFrameDue = false
    let end: Pick<BenchReply, 'phase' | 'failure'> | undefined
    const text = createReplyText(prepared, '', (_words, { segments, open }) => {
      if (plannedAt === undefined && open !== 'system_thinking' && segments.length > 0) plannedAt = now()
      if (isFrameDue) return
      isFrameDue = true
      onFrame(() => {
        isFrameDue = false
        if (!end) onReply({ phase: 'writing', segments: text.reply.segments })
      })
    })
    const writing = { ...text.writing, onLimit: () => {} }
    const aborter = new AbortController()
    const abort = () => aborter.abort()
    signal.addEventListener('abort', abort)
    let finishReason = 'stop'
    try {
      const model = await openModel(prepared.connection)
      for await (const part of streamWithinPlan(model, prepared, aborter.signal, writing)) {
        if (part.type === 'stream-end') {
          counted = part
          finishReason = part.finishReason
        }
        if (part.type === 'text-delta' || part.type === 'reasoning-delta') firstByteAt ??= now()
        text.push(part)
        if (text.reply.cut !== undefined) break
      }
      text.end()
      end = { phase: signal.aborted ? 'stopped' : finishReason === 'length' ? 'length' : 'done' }
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error
      end = { phase: 'failed', failure: error.error }
    } finally {
      aborter.abort()
      signal.removeEventListener('abort', abort)
    }
    const { segments } = text.finish()
    if (end.phase === 'done' && segments.length === 0) end = { phase: 'failed', failure: { kind: 'empty' } }
    const at = now()
    const isCounted = counted.promptTokens !== undefined && counted.completionTokens !== undefined
    const written = segments.reduce((sum, { text }) => sum + estimateTokens(text), 0)
    onReply({
      ...end,
      segments,
      figures: {
        ...(firstByteAt !== undefined && {
          firstByteMs: firstByteAt - startedAt,
          planningMs: (plannedAt ?? at) - firstByteAt,
        }),
        totalMs: at - startedAt,
        promptTokens: counted.promptTokens ?? prepared.prompt.tokens,
        replyTokens: counted.completionTokens ?? written,
        isCounted,
      },
    })
  }

  return {
    run: async ({ characterId, document, openings, signal, onReply }) => {
      for (const [index, opening] of openings.entries()) {
        if (signal.aborted) return
        onReply(index, { phase: 'waiting', segments: [] })
        const prepared = await prepare(characterId, document, opening)
        await answer(prepared, signal, (reply) => onReply(index, reply))
      }
    },
  }
}

/** The storage as it would be with another card in a character's place. */
function withCard(storage: StoragePort, characterId: CharacterId, document: CardDocument): StoragePort {
  return {
    ...storage,
    get: async (table, key) => {
      const row = await storage.get(table, key)
      return table === 'characters' && String(key) === characterId && row ? { ...row, document } : row
    },
  }
}
