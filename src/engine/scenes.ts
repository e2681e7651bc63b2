import { createStore, type StoreApi } from 'zustand/vanilla'
import { viewCard } from '#core/cards/view-card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, PersonaId, TurnId } from '#core/ids.ts'
import { spokenName } from '#core/scene/cast.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import type { Choosing } from '#core/scene/next-speaker.ts'
import { presentAfter } from '#core/scene/presence.ts'
import { edit, putTurn } from './changes.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import type { ChatEngine } from './chat-engine.ts'
import { chooseSpeaker } from './choose-speaker.ts'
import { personaForNewChat } from './read-cast.ts'

/** What a scene begins with. */
export interface ScenePlan {
  /** Everyone who has a part in it, in their order; two at least, the one the reader plays among them. */
  readonly cast: readonly CharacterId[]
  readonly userPlays?: CharacterId
  readonly personaId?: PersonaId
  /** Who is there when it begins; everyone, where that is not said. */
  readonly present?: readonly CharacterId[]
  /** What the environment tells first; may be empty. */
  readonly opening: string
  /** What a character says after that, in its card's own words: takes of each other. */
  readonly greetings?: { readonly by: CharacterId; readonly texts: readonly string[]; readonly chosen: number }
  readonly title?: string
}

/** How a scene that ran by itself came to rest: `over` when its model found nothing left to say. */
export type RanUntil = 'done' | 'stopped' | 'over' | 'nobody' | 'failed'

/** Scenes that run by themselves, and how many turns each has still to go. */
export type RunningScenes = ReadonlyMap<ConversationId, number>

/** What one does in a scene beside what one does in any chat. */
export interface Scenes {
  readonly running: StoreApi<{ readonly scenes: RunningScenes }>
  begin(plan: ScenePlan): Promise<ConversationId>
  /** A character comes in, as a turn of the environment. Who is not of the cast yet is from now on. */
  enter(conversationId: ConversationId, characterId: CharacterId, line?: string): Promise<void>
  /** A character goes, as a turn of the environment, which it still perceives. */
  leave(conversationId: ConversationId, characterId: CharacterId, line?: string): Promise<void>
  /** Keeps with the chat how it is found who speaks next, and for how many turns it is let run. */
  chooseNext(conversationId: ConversationId, speaksNext: NonNullable<Conversation['speaksNext']>): Promise<void>
  /** Lets the others play among themselves for some turns. Whatever the reader does in the chat ends it. */
  letItRun(conversationId: ConversationId, turns: number, choosing?: Choosing): Promise<RanUntil>
  /** Ends that, and the reply that is being made. */
  stop(conversationId: ConversationId): void
}

/** What scenes need of the outside world. */
export type SceneDependencies = Pick<ChatDependencies, 'storage' | 'openModel' | 'turnsOf' | 'now' | 'createId'> & {
  readonly chat: Pick<ChatEngine, 'ask' | 'quiet' | 'stop'>
}

export function createScenes(dependencies: SceneDependencies): Scenes {
  const { storage, turnsOf, now, createId, chat } = dependencies
  const running = createStore<{ readonly scenes: RunningScenes }>(() => ({ scenes: new Map() }))
  const aborters = new Map<ConversationId, AbortController>()

  return {
    running,

    begin: async ({ cast, userPlays, personaId, present = cast, opening, greetings, title = '' }) => {
      const id = createId() as ConversationId
      const at = now()
      const told = opening.trim() === '' ? [] : [narrated(id, null, opening)]
      const greeted = greetings?.texts.map((raw) => ({
        ...narrated(id, told[0]?.id ?? null, raw),
        speaker: { kind: 'character', characterId: greetings.by } as const,
      }))
      const asWritten = { dialect: 'markdown', template: true, present } as const
      const turns: Turn[] = [...told, ...(greeted ?? [])].map((turn) => ({ ...turn, ...asWritten }))
      const head = greeted?.[greetings?.chosen ?? 0] ?? told[0]
      const characterId = cast.find((each) => each !== userPlays)
      if (!characterId) throw new Error('A scene needs somebody to play with')
      const played = userPlays ? undefined : (personaId ?? (await personaForNewChat(storage, undefined)))
      const conversation: Conversation = {
        id,
        characterId,
        cast,
        ...(userPlays && { userPlays }),
        ...(played && { personaId: played }),
        title,
        headId: head?.id ?? null,
        createdAt: at,
        updatedAt: at,
      }
      await storage.write([{ type: 'put', table: 'conversations', row: conversation }, ...turns.map(putTurn)])
      return id
    },

    enter: (conversationId, characterId, line) =>
      move(conversationId, characterId, line, 'comes in', { entered: [characterId] }),

    leave: (conversationId, characterId, line) =>
      move(conversationId, characterId, line, 'leaves', { left: [characterId] }),

    chooseNext: (conversationId, speaksNext) =>
      storage.write([edit('conversations', conversationId, (conversation) => ({ ...conversation, speaksNext }))]),

    letItRun: async (conversationId, turns, choosing = 'mention') => {
      aborters.get(conversationId)?.abort()
      const aborter = new AbortController()
      aborters.set(conversationId, aborter)
      try {
        return await run(conversationId, turns, choosing, aborter.signal)
      } finally {
        if (aborters.get(conversationId) === aborter) {
          aborters.delete(conversationId)
          show(conversationId, 0)
        }
      }
    },

    stop: (conversationId) => {
      aborters.get(conversationId)?.abort()
      chat.stop(conversationId)
    },
  }

  async function run(
    conversationId: ConversationId,
    turns: number,
    choosing: Choosing,
    signal: AbortSignal,
  ): Promise<RanUntil> {
    let headId: TurnId | null | undefined
    for (let left = turns; left > 0; left -= 1) {
      show(conversationId, left)
      const { conversation, path } = await read(conversationId)
      const choice = await chooseSpeaker(dependencies, conversation, path, choosing, signal)
      if (choice.kind === 'end') return 'over'
      if (choice.kind === 'nobody') return 'nobody'
      const current = (await read(conversationId)).conversation.headId
      // The reader went on by themselves, here or in another tab.
      if (signal.aborted || current !== conversation.headId || (headId !== undefined && current !== headId)) {
        return 'stopped'
      }
      await chat.ask(conversationId, choice)
      await chat.quiet(conversationId)
      const after = await read(conversationId)
      const turn = after.path.at(-1)
      headId = after.conversation.headId
      if (signal.aborted || turn?.ending === 'stopped') return 'stopped'
      if (turn?.ending !== 'complete') return 'failed'
    }
    return 'done'
  }

  async function move(
    conversationId: ConversationId,
    characterId: CharacterId,
    line: string | undefined,
    verb: string,
    moves: Pick<Turn, 'entered' | 'left'>,
  ): Promise<void> {
    const [{ conversation, path }, character] = await Promise.all([
      read(conversationId),
      storage.get('characters', characterId),
    ])
    if (!character) throw new Error(`No character ${characterId}`)
    const cast = castIdsOf(conversation)
    const before = presentAfter(path, cast)
    if (before.includes(characterId) === (moves.entered !== undefined)) return
    const turn: Turn = {
      ...narrated(
        conversationId,
        conversation.headId,
        line?.trim() || `${spokenName(viewCard(character.document))} ${verb}.`,
      ),
      present: [...new Set([...before, characterId])],
      ...moves,
    }
    await storage.write([
      putTurn(turn),
      edit('conversations', conversationId, (row) => ({
        ...row,
        cast: [...new Set([...castIdsOf(row), characterId])],
        headId: turn.id,
        updatedAt: now(),
      })),
    ])
  }

  function narrated(conversationId: ConversationId, parentId: TurnId | null, raw: string): Turn {
    return {
      id: createId() as TurnId,
      conversationId,
      parentId,
      speaker: { kind: 'environment' },
      dialect: 'her',
      raw,
      ending: 'complete',
      createdAt: now(),
    }
  }

  async function read(conversationId: ConversationId) {
    const [conversation, turns] = await Promise.all([
      storage.get('conversations', conversationId),
      turnsOf(conversationId),
    ])
    if (!conversation) throw new Error(`No conversation ${conversationId}`)
    return { conversation, path: pathTo(createTree(turns), conversation.headId) }
  }

  function show(conversationId: ConversationId, left: number): void {
    const scenes = new Map(running.getState().scenes)
    if (left > 0) scenes.set(conversationId, left)
    else scenes.delete(conversationId)
    running.setState({ scenes })
  }
}
