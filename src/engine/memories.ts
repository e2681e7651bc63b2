import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import type { ModelError } from '#core/model-error.ts'
import { readSummary } from '#core/prompt/read-summary.ts'
import { modelsOwn } from '#core/scene/cast-of.ts'
import { environmentReader } from '#core/scene/hearing.ts'
import type { KnownMemory } from '#core/scene/remembering.ts'
import type { Remembered } from '#core/story/story-memory.ts'
import { inParallel } from '#lib/in-parallel.ts'
import { ModelFailure } from '#ports/model.ts'
import { StorageFailure } from '#ports/storage.ts'
import type { BackgroundStore, SummaryWork } from './background.ts'
import { characterConnection, environmentConnection } from './bound-connection.ts'
import { edit, editIfAny, editing } from './changes.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import { joinedText } from './joined-text.ts'
import { mindOf, needsShared } from './minds.ts'
import { readParallel } from './parallel-requests.ts'
import { prepareReply } from './prepare-reply.ts'
import { readCast } from './read-cast.ts'
import { activeConnection, budgetOf } from './reply-basis.ts'
import { type Sealable, sendSealed } from './send-sealed.ts'
import { summaryRequest } from './summary-request.ts'
import type { Undo } from './undo.ts'

/** What became of a summary that was asked for; `early` when nothing is old enough yet. */
export type SummaryEnd =
  | { readonly kind: 'done' | 'stopped' | 'early' }
  | { readonly kind: 'failed'; readonly error: ModelError }

/**
 * Summaries of the oldest turns, which stand in prompts in their place. Every version is kept. In a scene each character has
 * its own, and all who are there have a shared one (`environmentReader`), for the environment and for who directs.
 * @param whose by whom it is remembered; without one, by the character the chat is with.
 */
export interface Memories {
  /**
   * Makes a summary where the next prompt would drop turns, unless the chat or its connection has none made by itself.
   * What goes wrong is told in the background's state and nowhere else.
   */
  keepRoom(conversationId: ConversationId, signal: AbortSignal): Promise<void>
  /** Makes one now, of all but the newest turns. */
  summarise(conversationId: ConversationId, whose?: CharacterId): Promise<SummaryEnd>
  /** Makes the one that stands again, from the turns themselves. */
  writeAnew(conversationId: ConversationId, whose?: CharacterId): Promise<SummaryEnd>
  /** The reader's own words, for the turns the summary stands for, or else for all but the newest. */
  write(conversationId: ConversationId, text: string, whose?: CharacterId): Promise<SummaryEnd>
  /** Puts an earlier version in force again. */
  restore(conversationId: ConversationId, versionId: string, whose?: CharacterId): Promise<void>
  /** From here on the turns themselves are sent again, as far as they fit. */
  forget(conversationId: ConversationId, whose?: CharacterId): Promise<Undo>
  setAutomatic(conversationId: ConversationId, isWanted: boolean): Promise<void>
  /** Stops what is being made, in every chat. */
  stop(): void
}

/** A summary is due when this much of the room for turns is not enough for them: the reader's next needs some too. */
const fullShare = 0.92
/** What the turns may take after one: a quarter stays free, or it would be due again after the next reply. */
const slackShare = 0.75
/** Fewer new turns are not worth a call. */
const leastTurns = 4
/** So many of the newest turns are told word by word, however little room there is. */
const toldAlways = 2
/** So many, when the reader asks for a summary before one is due. */
const toldByHand = 8

export function createMemories(
  { storage, openModel, turnsOf, now, createId }: Omit<ChatDependencies, 'locks' | 'onFrame' | 'every' | 'between'>,
  background: BackgroundStore,
): Memories {
  /** What is being made, and for whom. */
  const making = new Map<AbortController, Pick<Scene, 'conversation' | 'mind'>>()
  const failures = new Map<ConversationId, ModelError>()

  return {
    keepRoom: async (conversationId, signal) => {
      const { conversation, path } = await read(conversationId)
      if (conversation.remembers === false) return
      const shared = needsShared(conversation, path) ? [environmentReader] : []
      // Each remembers for itself, what it alone heard and thought, by the model that plays it: none waits for another. All
      // together remember only where somebody is told of it.
      await inParallel(
        [...modelsOwn(conversation), ...shared],
        await readParallel(storage),
        async (whose) => keepRoomFor(await read(conversationId, whose), signal),
        signal,
      )
    },

    summarise: async (conversationId, whose) => {
      const scene = await read(conversationId, whose)
      const through = Math.max(await throughOf(scene), scene.path.length - toldByHand)
      if (through <= (scene.known?.turns ?? 0)) return { kind: 'early' }
      return make(scene, { through })
    },

    writeAnew: async (conversationId, whose) => {
      const scene = await read(conversationId, whose)
      return scene.known ? make(scene, { through: scene.known.turns, isAnew: true }) : { kind: 'early' }
    },

    write: async (conversationId, text, whose) => {
      const { path, known, mind } = await read(conversationId, whose)
      const turns = known?.turns ?? path.length - toldByHand
      const last = path[turns - 1]
      if (!last) return { kind: 'early' }
      await append(conversationId, {
        ...versionOf(known, last, turns, text),
        ...mind.of,
        writtenBy: 'reader',
        chosen: true,
      })
      return { kind: 'done' }
    },

    restore: async (conversationId, versionId, whose) => {
      const { known, versions } = await read(conversationId, whose)
      const version = versions.find(({ id }) => id === versionId)
      if (!version) throw new Error(`No version ${versionId} of the memory of ${conversationId}`)
      const { previousId: _previous, deletedAt: _deleted, ...kept } = version
      await append(conversationId, {
        ...kept,
        id: createId(),
        ...(known && { previousId: known.version.id }),
        chosen: true,
        createdAt: now(),
      })
    },

    forget: async (conversationId, whose) => {
      const { mind, path, versions } = await read(conversationId, whose)
      const places = new Set(path.map(({ id }) => id))
      const gone = new Set(
        versions
          .filter((one) => one.characterId === mind.of.characterId && places.has(one.throughId) && !one.deletedAt)
          .map(({ id }) => id),
      )
      const at = now()
      await change(conversationId, (version) => (gone.has(version.id) ? { ...version, deletedAt: at } : version))
      return () =>
        change(conversationId, (version) => {
          if (!gone.has(version.id)) return version
          const { deletedAt: _deleted, ...living } = version
          return living
        })
    },

    setAutomatic: (conversationId, isWanted) =>
      storage.write([
        edit('conversations', conversationId, ({ remembers: _before, ...rest }) =>
          isWanted ? rest : { ...rest, remembers: false as const },
        ),
      ]),

    stop: () => {
      for (const aborter of making.keys()) aborter.abort()
    },
  }

  async function keepRoomFor(scene: Scene, signal: AbortSignal): Promise<void> {
    const { conversation, path, known, mind, connection } = scene
    if (connection.kind === 'demo') return
    const { prompt } = await prepareReply(storage, conversation, path, { share: fullShare, speaker: mind.speaker })
    if (prompt.dropped.turns === 0) return
    const through = await throughOf(scene)
    if (through - (known?.turns ?? 0) >= leastTurns) await make(scene, { through, signal })
  }

  async function read(conversationId: ConversationId, whose?: CharacterId) {
    const [conversation, turns, row, inUse] = await Promise.all([
      storage.get('conversations', conversationId),
      turnsOf(conversationId),
      storage.get('memories', conversationId),
      activeConnection(storage),
    ])
    if (!conversation) throw new Error(`No conversation ${conversationId}`)
    const path = pathTo(createTree(turns), conversation.headId)
    const cast = await readCast(storage, conversation)
    if (!cast) throw new Error(`Nobody is left in conversation ${conversationId}`)
    const mind = mindOf(conversation, path, cast, whose ?? conversation.characterId)
    const character = await storage.get('characters', mind.character)
    const { connection } = character
      ? await characterConnection(storage, inUse, conversation, character)
      : await environmentConnection(storage, inUse, conversation)
    const budget = budgetOf(connection)
    return {
      conversation,
      path,
      cast,
      connection,
      budget,
      mind,
      versions: row?.versions ?? [],
      known: mind.recall(row),
    }
  }

  type Scene = Awaited<ReturnType<typeof read>>

  /** How many of the oldest turns have to go so that a share of the room stays free. */
  async function throughOf({ conversation, path, mind }: Scene): Promise<number> {
    const { prompt } = await prepareReply(storage, conversation, path, { share: slackShare, speaker: mind.speaker })
    return Math.min((prompt.remembered?.turns ?? 0) + prompt.dropped.turns, path.length - toldAlways)
  }

  /**
   * Asks for summaries, each of as many turns as a request has room for, until they go as far as wanted. What goes on
   * from the one that stands is kept piece by piece; what begins anew only when it is whole, or less would be remembered
   * than before.
   */
  async function make(
    scene: Scene,
    { through, isAnew, signal }: { through: number; isAnew?: true; signal?: AbortSignal },
  ): Promise<SummaryEnd> {
    const { id } = scene.conversation
    const aborter = new AbortController()
    const abort = () => aborter.abort()
    if (signal?.aborted) return { kind: 'stopped' }
    signal?.addEventListener('abort', abort)
    // One at a time for each who remembers, or two would go on from the same; and one chat at a time.
    for (const [other, of] of making) {
      if (of.conversation.id !== id || of.mind.character === scene.mind.character) other.abort()
    }
    making.set(aborter, scene)
    show(id, { phase: 'writing' })
    let outcome: SummaryEnd
    try {
      outcome = await writeSummaries(scene, through, isAnew, aborter.signal)
    } catch (error) {
      if (error instanceof ModelFailure) outcome = { kind: 'failed', error: error.error }
      else if (error instanceof StorageFailure) {
        outcome = { kind: 'failed', error: { kind: 'storage-full', detail: error.message } }
      } else throw error
    } finally {
      making.delete(aborter)
      signal?.removeEventListener('abort', abort)
    }
    return end(id, outcome)
  }

  async function writeSummaries(
    scene: Scene,
    through: number,
    isAnew: true | undefined,
    signal: AbortSignal,
  ): Promise<SummaryEnd> {
    const { conversation, path, cast, connection, mind, known } = scene
    const { id } = conversation
    const sealing = { path, knower: mind.knower, cast }
    let before = isAnew ? undefined : known
    while ((before?.turns ?? 0) < through) {
      const { request, turns, isEmpty } = summaryRequest({ ...scene, ...mind, before, through })
      if (isEmpty) return { kind: 'early' }
      const text = await ask(connection, { request, sealing }, signal)
      if (signal.aborted) return { kind: 'stopped' }
      const last = path[turns - 1]
      if (text === '' || !last) return { kind: 'failed', error: { kind: 'empty' } }
      const version: Remembered = {
        ...versionOf(isAnew ? known : before, last, turns, text),
        ...mind.of,
        writtenBy: 'model',
      }
      if (!isAnew || turns >= through) await append(id, version)
      before = mind.recall({ conversationId: id, versions: [version] })
    }
    return { kind: 'done' }
  }

  async function ask(connection: Scene['connection'], sealable: Sealable, signal: AbortSignal): Promise<string> {
    const model = await openModel(connection)
    const { text, isCut } = await joinedText(sendSealed(model, sealable, signal))
    return readSummary(text, isCut)
  }

  function versionOf(previous: KnownMemory | undefined, last: Turn, turns: number, text: string) {
    return {
      id: createId(),
      throughId: last.id,
      turns,
      text,
      ...(previous && { previousId: previous.version.id }),
      createdAt: now(),
    }
  }

  function append(conversationId: ConversationId, version: Remembered): Promise<void> {
    return storage.write([
      editing('memories', conversationId, (row) => ({ conversationId, versions: [...(row?.versions ?? []), version] })),
    ])
  }

  function change(conversationId: ConversationId, map: (version: Remembered) => Remembered): Promise<void> {
    return storage.write([
      editIfAny('memories', conversationId, (row) => ({ ...row, versions: row.versions.map(map) })),
    ])
  }

  /** What one of them failed with is told when all of them have ended. */
  function end(id: ConversationId, outcome: SummaryEnd): SummaryEnd {
    if (outcome.kind === 'failed') failures.set(id, outcome.error)
    if ([...making.values()].some(({ conversation }) => conversation.id === id)) return outcome
    const error = failures.get(id)
    failures.delete(id)
    show(id, error && { phase: 'failed', error })
    return outcome
  }

  function show(id: ConversationId, work: SummaryWork | undefined): void {
    const summaries = new Map(background.getState().summaries)
    if (work) summaries.set(id, work)
    else summaries.delete(id)
    background.setState({ summaries })
  }
}
