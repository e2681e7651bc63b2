import type { Conversation } from '#core/conversation/conversation.ts'
import { createTree, newestLeafUnder, pathTo, takesOf } from '#core/conversation/tree.ts'
import { isWordless, type Turn } from '#core/conversation/turn.ts'
import type { Layer } from '#core/her/segment.ts'
import { writeReply } from '#core/her/write.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { disarm } from '#core/prompt/special-tokens.ts'
import { type Presence, presenceOf } from '#core/scene/presence.ts'
import { lately } from '#lib/lately.ts'
import type { ModelMessage } from '#ports/model.ts'
import { type Asked, StorageFailure } from '#ports/storage.ts'
import { edit, editIfAny, putConversation, putTurn } from './changes.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import type { ChatEngine } from './chat-engine.ts'
import { openingTurns } from './opening-turns.ts'
import { answererOf, presenceNext, readersSpeaker } from './parts-in-scene.ts'
import { readReply } from './prepare-reply.ts'
import type { Answerer } from './prepared-reply.ts'
import { hasAnswerer, personaForNewChat } from './read-cast.ts'
import { createRunStore } from './run-store.ts'
import { undeleted } from './undeleted.ts'
import { writeReplyTurn } from './write-reply-turn.ts'
import { writeTurns } from './write-turns.ts'
import { WrittenElsewhere } from './written-elsewhere.ts'

/** A reply that is not made from nothing: a turn to go on with, or words a new take is to begin with. */
interface Begun {
  readonly raw: string
  readonly turn?: Turn
  /** The take whose words these are, and which of its layers they are. */
  readonly from?: { readonly turnId: TurnId; readonly layers: readonly Layer[] }
}

/** What is not as usual about a reply. */
interface Wish {
  /** Who is asked for it; else whoever is spoken to. */
  readonly speaker?: Answerer | undefined
  readonly begun?: Begun
  /** Nobody answers who was not asked. */
  readonly isByHand?: boolean
  /** The turn it is another take of: whoever was there then is there now. */
  readonly like?: Turn
  /** The chat is not there yet. */
  readonly isNew?: boolean
}

/** A reply that is being made. */
interface Running {
  readonly aborter: AbortController
  /** Its row is written, whatever came of it. */
  readonly ended: Promise<unknown>
}

export function createChatEngine(dependencies: ChatDependencies): ChatEngine {
  const { storage, locks, now, createId, turnsOf } = dependencies
  const { runs, dispatchTo } = createRunStore()
  const runningByConversation = new Map<ConversationId, Running>()
  /** Writes the reply that ended and could not be written. */
  const unsavedByConversation = new Map<ConversationId, () => Promise<void>>()
  const sentByConversation = new Map<ConversationId, readonly ModelMessage[]>()

  return {
    runs,
    // For who looks at what is sent; a first visit does not.
    previews: lately(async () => (await import('./previews.ts')).createPreviews(dependencies, sentByConversation)),

    begin: async (characterId, opening, played) => {
      const personaId = played ?? (await personaForNewChat(storage, await storage.get('characters', characterId)))
      const conversationId = createId() as ConversationId
      const at = now()
      const turns = openingTurns(opening, characterId, () => newTurn(conversationId, null))
      const chosen = opening.kind === 'greetings' ? turns[opening.chosen] : turns[0]
      const conversation: Conversation = {
        id: conversationId,
        characterId,
        ...(personaId && { personaId }),
        title: '',
        headId: chosen?.id ?? null,
        createdAt: at,
        updatedAt: at,
      }
      const written = turns.map(putTurn)
      if (opening.kind === 'scene') await reply(conversation, conversation.headId, turns, written, { isNew: true })
      else await storage.write([putConversation(conversation), ...written])
      return conversationId
    },

    send: async (conversationId, text, { whisperTo, answerer } = {}) => {
      const conversation = await find(conversationId)
      const earlier = pathTo(createTree(await turnsOf(conversationId)), conversation.headId)
      const turn: Turn = {
        ...newTurn(conversationId, conversation.headId),
        speaker: readersSpeaker(conversation),
        dialect: 'player',
        raw: text,
        ...presenceNext(conversation, earlier),
        ...(whisperTo && { whisperTo }),
        ending: 'complete',
      }
      const isByHand = conversation.cast !== undefined && conversation.speaksNext?.by === 'hand'
      await reply(conversation, turn.id, [...earlier, turn], [putTurn(turn)], { speaker: answerer, isByHand })
    },

    ask: async (conversationId, speaker) => {
      await end(conversationId)
      const conversation = await find(conversationId)
      const path = pathTo(createTree(await turnsOf(conversationId)), conversation.headId)
      await reply(conversation, path.at(-1)?.id ?? null, path, [], { speaker })
    },

    quiet: async (conversationId) => {
      await runningByConversation.get(conversationId)?.ended
    },

    again: async (conversationId, turnId) => {
      await end(conversationId)
      const { conversation, tree, turn } = await findTurn(conversationId, turnId)
      // A try that brought no word is nothing to walk back to.
      const changes = isWordless(turn) ? [deleted(turn)] : []
      const speaker = answererOf(turn, conversation)
      const parentId = speaker ? turn.parentId : turn.id
      await reply(conversation, parentId, pathTo(tree, parentId), changes, { speaker, ...(speaker && { like: turn }) })
    },

    goOn: async (conversationId, turnId) => {
      await end(conversationId)
      const { conversation, tree, turn } = await findTurn(conversationId, turnId)
      const wish = { speaker: answererOf(turn, conversation), begun: { turn, raw: turn.raw }, like: turn }
      await reply(conversation, turn.parentId, pathTo(tree, turn.parentId), [], wish)
    },

    retake: async (conversationId, turnId, opening) => {
      await end(conversationId)
      const { conversation, tree, turn } = await findTurn(conversationId, turnId)
      const layers = [...new Set(opening.map(({ layer }) => layer))]
      const begun = { raw: disarm(writeReply(opening)), from: { turnId, layers } }
      const wish = { speaker: answererOf(turn, conversation), begun, like: turn }
      await reply(conversation, turn.parentId, pathTo(tree, turn.parentId), [], wish)
    },

    stop: (conversationId) => runningByConversation.get(conversationId)?.aborter.abort('stopped'),

    stopElsewhere: (turnId) => locks.ask(turnId),

    saveAgain,

    edit: async (conversationId, turnId, raw, dialect) => {
      const { conversation, turn } = await findTurn(conversationId, turnId)
      const edited: Turn = {
        ...newTurn(conversationId, turn.parentId),
        speaker: turn.speaker,
        dialect,
        raw,
        ...presenceOf(turn),
        ending: 'complete',
        editedFrom: turn.id,
      }
      await storage.write([putTurn(edited), movedTo(conversation, edited.id)])
      return edited.id
    },

    select: async (conversationId, turnId) => {
      const { tree } = await findTurn(conversationId, turnId)
      await storage.write([changed(conversationId, { headId: newestLeafUnder(tree, turnId) })])
    },

    remove: async (conversationId, turnId) => {
      await end(conversationId)
      const { conversation, tree, turn } = await findTurn(conversationId, turnId)
      const isShown = pathTo(tree, conversation.headId).some((shown) => shown.id === turnId)
      const nextTake = takesOf(tree, turn).findLast((take) => take.id !== turnId)
      const headId = isShown ? (nextTake ? newestLeafUnder(tree, nextTake.id) : turn.parentId) : conversation.headId
      await storage.write([deleted(turn), changed(conversationId, { headId })])
      return async () => {
        const row = await storage.get('turns', [conversationId, turnId])
        // What came to it meanwhile stays; a second press, or one after it was deleted for good, changes nothing.
        if (row?.deletedAt === undefined) return
        await storage.write([
          edit('turns', [conversationId, turnId], undeleted),
          changed(conversationId, { headId: conversation.headId }),
        ])
      }
    },

    rename: (conversationId, title) => storage.write([changed(conversationId, { title })]),

    direct: (conversationId, note) =>
      storage.write([
        edit('conversations', conversationId, ({ note: _before, ...row }) => ({ ...row, ...(note && { note }) })),
      ]),

    removeConversation: async (conversationId) => {
      await end(conversationId)
      await storage.write([changed(conversationId, { deletedAt: now() })])
      return () => storage.write([edit('conversations', conversationId, undeleted)])
    },

    recover: async (conversationId) => {
      const turns = await turnsOf(conversationId)
      const drafts = turns.filter((turn) => turn.ending === 'draft')
      for (const draft of drafts) {
        if (await locks.isHeld(draft.id)) continue
        // Its writer may have ended it between the listing and the look at the lock.
        const interrupted = editIfAny('turns', [conversationId, draft.id], (row) =>
          row.ending === 'draft' ? { ...row, ending: 'interrupted' } : row,
        )
        // The reader's words, and the reply to them, of which the chat ends where they were said: it was not yet led to them.
        const said = turns.find(({ id }) => id === draft.parentId)
        const led = editIfAny('conversations', conversationId, (row) =>
          said && said.parentId === row.headId && said.createdAt > row.updatedAt
            ? { ...row, headId: draft.id, updatedAt: draft.createdAt }
            : row,
        )
        // Nobody asked for it, and it is tried again.
        await storage.write([interrupted, led]).catch(unlessUnsaved)
      }
    },
  }

  /**
   * Asks for a reply under `parentId`; resolves when the request is about to leave. In a scene with nobody to answer there
   * is none, and what was to be answered stays as it is.
   */
  async function reply(
    conversation: Conversation,
    parentId: TurnId | null,
    path: readonly Turn[],
    changes: readonly Asked[],
    { begun, like, isByHand = false, isNew = false, ...wish }: Wish = {},
  ): Promise<void> {
    await end(conversation.id)
    // What is half written would go into the prompt as if it were whole.
    const open = path.findLast((turn) => turn.ending === 'draft')
    if (open && (await locks.isHeld(open.id))) throw new WrittenElsewhere()
    if (conversation.cast && !wish.speaker && (isByHand || !(await hasAnswerer(storage, conversation, path)))) {
      await storage.write([...changes, movedTo(conversation, parentId)])
      return
    }
    const { speaker, prefill, prepare } = await readReply(storage, conversation, path, {
      ...wish,
      begun: begun && { raw: begun.raw, mayBeTold: begun.from !== undefined },
    })
    const isGoingOn = prefill === 'begun' || prefill === 'told'
    const presence = like ? presenceOf(like) : presenceNext(conversation, path, speaker)
    const draft = draftFor(conversation, parentId, speaker, presence, isGoingOn ? begun : undefined)
    const aborter = new AbortController()
    const release = locks.hold(draft.id, () => aborter.abort('stopped'))
    const written = writeTurns(
      storage,
      [...changes, isGoingOn && begun?.turn ? edit('turns', [conversation.id, draft.id], again) : putTurn(draft)],
      isNew ? putConversation({ ...conversation, headId: draft.id }) : movedTo(conversation, draft.id),
    )
    // Built while the disk writes; and a take made ahead is taken before its chat's change is told.
    const prepared = orRelease(release, prepare)
    const ahead = dependencies.between?.takeOver(prepared)
    const model = ahead ? Promise.resolve(ahead) : dependencies.openModel(prepared.connection)
    // Why it can't be had is told where it is used.
    model.catch(() => {})
    // Not awaited: the reply goes on by itself, and ends as a row that says how.
    const ended = writeReplyTurn({
      dependencies,
      // What the disk waits for comes first: it writes while the request is made ready.
      model: written.isAsked.then(() => model),
      prepared,
      draft,
      written,
      kept: begun?.from?.layers,
      isAhead: ahead !== undefined,
      dispatch: (event) => dispatchTo(conversation.id, event),
      signal: aborter.signal,
      onUnsaved: (save) => unsavedByConversation.set(conversation.id, save),
    }).finally(() => {
      release()
      if (runningByConversation.get(conversation.id)?.aborter === aborter) {
        runningByConversation.delete(conversation.id)
      }
    })
    runningByConversation.set(conversation.id, { aborter, ended })
    void ended.then((turn) => turn?.ending === 'complete' && dependencies.between?.ended({ turn, prepared }))
    await written.isWhole
    sentByConversation.set(conversation.id, prepared.request.messages)
  }

  function draftFor(
    conversation: Conversation,
    parentId: TurnId | null,
    speaker: Answerer,
    presence: Presence,
    begun?: Begun,
  ): Turn {
    if (begun?.turn) return again(begun.turn)
    return {
      ...newTurn(conversation.id, parentId),
      speaker,
      dialect: 'her',
      raw: begun?.raw ?? '',
      ...presence,
      ...(begun?.from && { editedFrom: begun.from.turnId }),
      ending: 'draft',
    }
  }

  async function saveAgain(conversationId: ConversationId): Promise<void> {
    await unsavedByConversation.get(conversationId)?.()
    unsavedByConversation.delete(conversationId)
  }

  /** Stops what is running in a chat and waits until its row is written, be it at another try. */
  async function end(conversationId: ConversationId): Promise<void> {
    const running = runningByConversation.get(conversationId)
    running?.aborter.abort('stopped')
    await running?.ended
    await saveAgain(conversationId)
  }

  function movedTo({ id }: Conversation, headId: TurnId | null) {
    return changed(id, { headId, updatedAt: now() })
  }

  function changed(id: ConversationId, fields: Partial<Conversation>) {
    return edit('conversations', id, (row) => ({ ...row, ...fields }))
  }

  function deleted({ conversationId, id }: Turn) {
    return edit('turns', [conversationId, id], (row) => ({ ...row, deletedAt: now() }))
  }

  function newTurn(conversationId: ConversationId, parentId: TurnId | null) {
    return { id: createId() as TurnId, conversationId, parentId, createdAt: now() }
  }

  async function find(conversationId: ConversationId): Promise<Conversation> {
    const conversation = await storage.get('conversations', conversationId)
    if (!conversation) throw new Error(`No conversation ${conversationId}`)
    return conversation
  }

  async function findTurn(conversationId: ConversationId, turnId: TurnId) {
    const [conversation, turns] = await Promise.all([find(conversationId), turnsOf(conversationId)])
    const tree = createTree(turns)
    const turn = tree.turnsById.get(turnId)
    if (!turn) throw new Error(`No turn ${turnId} in conversation ${conversationId}`)
    return { conversation, tree, turn }
  }
}

/** A turn that is gone on with. */
function again({ failure: _failure, ...turn }: Turn): Turn {
  return { ...turn, ending: 'draft' }
}

/** What `make` gives; where it throws, what was held is let go. */
function orRelease<Made>(release: () => void, make: () => Made): Made {
  try {
    return make()
  } catch (error) {
    release()
    throw error
  }
}

function unlessUnsaved(error: unknown): void {
  if (!(error instanceof StorageFailure)) throw error
}
