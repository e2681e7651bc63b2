import { createTree, pathTo } from '#core/conversation/tree.ts'
import { isWordless, type Turn } from '#core/conversation/turn.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import type { ModelError } from '#core/model-error.ts'
import { presenceOf } from '#core/scene/presence.ts'
import { edit, putTurn } from '#engine/changes.ts'
import type { ChatDependencies } from '#engine/chat-dependencies.ts'
import { readParallel } from '#engine/parallel-requests.ts'
import { answererOf } from '#engine/parts-in-scene.ts'
import { prepareReply } from '#engine/prepare-reply.ts'
import { writeReplyTurn } from '#engine/write-reply-turn.ts'
import { inParallel } from '#lib/in-parallel.ts'
import type { Journal } from '#ports/journal.ts'
import { ModelFailure } from '#ports/model.ts'

interface Drawing {
  readonly conversationId: ConversationId
  /** The turn they are to be takes of. */
  readonly turnId: TurnId
  readonly count: number
  readonly journal: Journal
  readonly signal: AbortSignal
  /** How many are there. */
  readonly onDrawn: (drawn: number) => void
}

/**
 * Draws takes of a turn beside it, several at once, each a reply as the chat itself would ask for it. What is read stays
 * where it is. A take that is whole is in the journal; one that a crash cut off is drawn anew, and stays as it was cut.
 * Gives the ids of those that are whole, in the order of their numbers. Fails with a `ModelFailure` where not one came.
 */
export async function drawTakes(
  dependencies: Omit<ChatDependencies, 'between'>,
  { conversationId, turnId, count, journal, signal, onDrawn }: Drawing,
): Promise<readonly TurnId[]> {
  const { storage, locks, now, createId, turnsOf, openModel } = dependencies
  const conversation = await storage.get('conversations', conversationId)
  const tree = createTree(await turnsOf(conversationId))
  const like = tree.turnsById.get(turnId)
  const speaker = conversation && like && answererOf(like, conversation)
  if (!conversation || !like || !speaker) throw new Error(`No takes of ${turnId} can be drawn`)
  const path = pathTo(tree, like.parentId)

  let failure: ModelError | undefined
  let drawn = 0
  const tell = () => {
    drawn += 1
    onDrawn(drawn)
  }

  async function draw(key: string): Promise<void> {
    const prepared = await prepareReply(storage, conversation as NonNullable<typeof conversation>, path, { speaker })
    const draft: Turn = {
      id: createId() as TurnId,
      conversationId,
      parentId: (like as Turn).parentId,
      speaker: prepared.speaker,
      dialect: 'her',
      raw: '',
      ...presenceOf(like as Turn),
      ending: 'draft',
      createdAt: now(),
    }
    const aborter = new AbortController()
    const stop = () => aborter.abort('stopped')
    signal.addEventListener('abort', stop)
    const release = locks.hold(draft.id, stop)
    const isWritten = storage.write([putTurn(draft)])
    try {
      const turn = await writeReplyTurn({
        dependencies,
        model: openModel(prepared.connection),
        prepared,
        draft,
        written: { areOnDisk: isWritten, isWhole: isWritten },
        kept: undefined,
        isAhead: false,
        // Nobody watches it come: it is shown when it is there.
        dispatch: () => undefined,
        signal: aborter.signal,
        onUnsaved: () => undefined,
      })
      if (turn?.ending === 'complete') {
        await journal.append(key, turn.id)
        tell()
      } else if (turn) {
        failure ??= turn.failure
        // A try that brought no word is nothing to walk back to.
        if (isWordless(turn)) {
          await storage.write([edit('turns', [conversationId, turn.id], (row) => ({ ...row, deletedAt: now() }))])
        }
      }
    } finally {
      signal.removeEventListener('abort', stop)
      release()
    }
  }

  const keys = Array.from({ length: count }, (_, index) => `draw/${index}`)
  const wanted = keys.filter((key) => journal.get(key) === undefined)
  drawn = count - wanted.length
  onDrawn(drawn)
  await inParallel(wanted, await readParallel(storage), draw, signal)
  signal.throwIfAborted()
  if (drawn === 0 && failure) throw new ModelFailure(failure)
  return keys.flatMap((key) => (journal.get(key) as TurnId | undefined) ?? [])
}
