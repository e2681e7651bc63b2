import type { Ending, Kept, Making, Turn } from '#core/conversation/turn.ts'
import type { Layer } from '#core/her/segment.ts'
import type { ModelError } from '#core/model-error.ts'
import { ModelFailure, type ModelPort } from '#ports/model.ts'
import { StorageFailure } from '#ports/storage.ts'
import { learnFactor, spendNote } from './after-reply.ts'
import { begun } from './begun.ts'
import { editIfAny } from './changes.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import type { PreparedReply } from './prepared-reply.ts'
import { createReplyText } from './reply-text.ts'
import type { RunEvent } from './run-machine.ts'
import { sealOf } from './send-sealed.ts'
import { streamWithinPlan, type Writing } from './stream-within-plan.ts'
import type { WritingTurns } from './write-turns.ts'

/** A crash costs at most this much of a reply. */
const saveEveryMs = 1000

interface Work {
  readonly dependencies: ChatDependencies
  readonly model: Promise<ModelPort>
  readonly prepared: PreparedReply
  /** The row that becomes the reply. */
  readonly draft: Turn
  /** The request leaves when `draft`, and what it answers, is on disk; when all is, the page is told of the reply. */
  readonly written: Pick<WritingTurns, 'areOnDisk' | 'isWhole'>
  /** The layers of another take that the draft begins with. */
  readonly kept: readonly Layer[] | undefined
  /** The model has the reply already, or part of it. */
  readonly isAhead: boolean
  readonly dispatch: (event: RunEvent) => void
  readonly signal: AbortSignal
  /** The reply ended and could not be written; what is given writes it, once that works. */
  readonly onUnsaved: (save: () => Promise<void>) => void
}

/**
 * Streams one reply into its turn: to the screen at most once a frame, to disk each second, and at the end as a row
 * that says how it ended. Never throws: whatever goes wrong is an ending, and the text that arrived is kept. Gives the
 * row that is on disk.
 */
export async function writeReplyTurn({
  dependencies,
  model,
  prepared,
  draft,
  written,
  kept,
  isAhead,
  dispatch,
  signal,
  onUnsaved,
}: Work): Promise<Turn | undefined> {
  const { storage, now, onFrame, every } = dependencies
  const turnId = draft.id
  const startedAt = now()
  const text = createReplyText(prepared, draft.raw, take)
  let raw = draft.raw
  let firstByteAt: number | undefined
  let plannedAt: number | undefined
  let isFrameDue = false
  let isSaved = true
  function take(words: string): void {
    raw += words
    isSaved = false
    if (isFrameDue) return
    isFrameDue = true
    onFrame(() => {
      isFrameDue = false
      const at = now()
      const { reply } = text
      if (plannedAt === undefined && reply.open !== 'system_thinking' && reply.segments.length > 0) plannedAt = at
      dispatch({ type: 'reply-delta', turnId, at, reply })
    })
  }

  let ending: Ending = 'failed'
  let failure: ModelError | undefined
  let making: Making = {
    connectionId: prepared.connection.id,
    model: prepared.connection.model,
    ...(prepared.connection.kind === 'demo' && { scripted: true }),
    ...(prepared.droppedTurns > 0 && { droppedTurns: prepared.droppedTurns }),
    ...(prepared.rememberedTurns > 0 && { rememberedTurns: prepared.rememberedTurns }),
    ...(isAhead && { madeAhead: true }),
    ...(prepared.fellBack && { fellBack: true }),
    ...(prepared.connection.prompt?.keepsOthers && { keepsOthers: true }),
  }
  const writing: Writing = {
    ...text.writing,
    onLimit: (planningLimit) => {
      making = { ...making, planningLimit }
    },
  }
  const aborter = new AbortController()
  const abort = () => aborter.abort()
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort()

  // The request is made ready while the disk writes; only when it has left the page draws what comes.
  let isWritten = true
  written.areOnDisk.catch(abort)
  const settled = written.isWhole.catch(() => {
    isWritten = false
    abort()
  })
  const parts = begun(streamWithinPlan(model, prepared, aborter.signal, writing, written.areOnDisk))
  await settled
  if (!isWritten) {
    // Told to whoever asked for the reply; nothing of it is there.
    signal.removeEventListener('abort', abort)
    return
  }
  dispatch({ type: 'run-start', turnId, at: startedAt, before: text.reply })

  // The rest of the row may change while it is written, in this tab or another: its name, that it is deleted.
  const save = (change: (row: Turn) => Turn) => editIfAny('turns', [draft.conversationId, turnId], change)
  const stopSaving = every(saveEveryMs, () => {
    if (isSaved) return
    isSaved = true
    // A save that fails here is told by the last one, which is awaited; until then the text is on screen.
    storage.write([save((row) => ({ ...row, raw }))]).catch(() => {
      isSaved = false
    })
  })
  // Whoever deletes the turn, in this tab or another, ends it.
  const stopListening = storage.onChange((changes) => {
    for (const change of changes) {
      if (change.table !== 'turns' || change.type !== 'put' || change.row.id !== turnId) continue
      if (change.row.deletedAt === undefined) continue
      stopSaving()
      abort()
    }
  })
  try {
    for await (const part of parts) {
      if (part.type === 'reasoning-delta' || part.type === 'text-delta') firstByteAt ??= now()
      text.push(part)
      // The model went on to speak for others: what follows is not this turn.
      if (text.reply.cut !== undefined) break
      if (part.type === 'stream-end') {
        ending = part.finishReason === 'length' ? 'length' : 'complete'
        making = {
          ...making,
          ...(part.promptTokens !== undefined && { promptTokens: part.promptTokens }),
          ...(part.completionTokens !== undefined && { completionTokens: part.completionTokens }),
        }
      }
    }
    text.end()
    const { lookedFor, leaks } = await sealOf(prepared)
    if (leaks.length === 0) making = { ...making, sealedFrom: lookedFor.thoughts + lookedFor.lines }
    if (text.reply.cut !== undefined) ending = 'complete'
    else if (aborter.signal.aborted) ending = 'stopped'
    if (ending === 'complete' && text.finish().segments.length === 0) {
      ending = 'failed'
      failure = { kind: 'empty' }
    }
  } catch (error) {
    text.end()
    ending = 'failed'
    failure = error instanceof ModelFailure ? error.error : { kind: 'server-error', detail: String(error) }
  } finally {
    aborter.abort()
    signal.removeEventListener('abort', abort)
    stopListening()
    stopSaving()
  }

  const at = now()
  const end = {
    raw,
    ending,
    ...(failure && { failure }),
    making: {
      ...making,
      ...(kept && { kept: keptOf(kept, prepared.prefill, text.leftOut) }),
      ...(failure && { failedAt: at }),
      ...(!isAhead && { totalMs: at - startedAt }),
      ...(!isAhead &&
        firstByteAt !== undefined && {
          firstByteMs: firstByteAt - startedAt,
          planningMs: (plannedAt ?? at) - firstByteAt,
        }),
    },
  }
  let saved: Turn | undefined
  const saveAll = async () => {
    // Of a reply that took two requests the server counted the second alone.
    const promptTokens = making.planningLimit === undefined ? making.promptTokens : undefined
    await storage.write([
      save((row) => {
        saved = { ...row, ...end }
        return saved
      }),
      ...learnFactor(prepared, promptTokens),
      ...(ending === 'complete' ? spendNote(draft.conversationId, prepared) : []),
    ])
    dispatch({ type: 'run-end', turnId })
  }
  try {
    await saveAll()
    return saved
  } catch (error) {
    if (!(error instanceof StorageFailure)) throw error
    onUnsaved(saveAll)
    dispatch({ type: 'run-fail', turnId, reply: text.reply, error: { kind: 'storage-full', detail: error.message } })
    return undefined
  }
}

function keptOf(layers: readonly Layer[], prefill: PreparedReply['prefill'], leftOut: string): Kept {
  return { layers, way: prefill === 'told' ? 'instruction' : 'prefill', ...(leftOut !== '' && { leftOut }) }
}
