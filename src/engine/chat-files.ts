import { emptyCard } from '#core/cards/card.ts'
import type { Persona } from '#core/conversation/conversation.ts'
import { defaultPersonaId } from '#core/conversation/persona.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, PersonaId } from '#core/ids.ts'
import { namesOf } from '#core/scene/cast.ts'
import { findPlayers, type Player } from '#core/story/find-players.ts'
import type { ChatProblem, ReadChat } from '#core/story/read-chat-result.ts'
import { adoptStory, type StoryDraft } from '#core/story/story-draft.ts'
import type { Result } from '#lib/result.ts'
import type { ChatFilesPort, StoryWriter } from '#ports/chat-files.ts'
import type { StoragePort } from '#ports/storage.ts'
import { readCast } from './read-cast.ts'
import { readLivingCatalogue } from './read-catalogue.ts'

/** Chats that go out as files, and come in from them. */
export interface ChatFiles {
  /** A chat as it is now, to be written. Close what you get. */
  open(conversationId: ConversationId): Promise<StoryWriter>
  /** Reads a chat and keeps nothing of it. */
  read(file: Blob): Promise<Result<ReadChat, ChatProblem>>
  /** Who of the library the chat is with, where its names tell. */
  characterOf(draft: StoryDraft): Promise<CharacterId | undefined>
  /** Keeps a chat in one write, or nothing of it. `characterId` plays those of the file that nobody here is called as. */
  keep(draft: StoryDraft, characterId: CharacterId): Promise<ConversationId>
}

export interface ChatFilesDependencies {
  readonly storage: StoragePort
  readonly chatFiles: ChatFilesPort
  readonly now: () => number
  readonly createId: () => string
  readonly turnsOf: (conversationId: ConversationId) => Promise<readonly Turn[]>
}

export function createChatFiles({ storage, chatFiles, now, createId, turnsOf }: ChatFilesDependencies): ChatFiles {
  return {
    open: async (conversationId) => {
      const conversation = await storage.get('conversations', conversationId)
      if (!conversation) throw new Error(`No conversation ${conversationId}`)
      const [turns, cast, memory] = await Promise.all([
        turnsOf(conversationId),
        readCast(storage, conversation),
        storage.get('memories', conversationId),
      ])
      if (!cast) throw new Error(`The character of ${conversationId} is gone`)
      return chatFiles.open({ conversation, turns, cast, ...(memory && { memory }) })
    },

    read: async (file) => {
      const [persona, library] = await Promise.all([storage.get('personas', defaultPersonaId), readLibrary()])
      return chatFiles.read(file, {
        ...(persona && { userName: persona.name }),
        characterNames: library.flatMap(({ card }) => namesOf(card)),
      })
    },

    characterOf: async (draft) => findPlayers(draft, await readLibrary()).get(draft.characters[0]?.key ?? ''),

    keep: async (draft, characterId) => {
      const [library, personas] = await Promise.all([readLibrary(), storage.list('personas')])
      const players = findPlayers(draft, library)
      // Whoever the reader chose plays the one the chat is with, whatever that one is called.
      const main = draft.characters[0]?.key
      if (main !== undefined) players.set(main, characterId)
      const personaId = personaCalled(draft.userName, personas)
      const { conversation, turns, memory } = adoptStory(draft, {
        conversationId: createId() as ConversationId,
        characterIds: players,
        characterId,
        personaIds: new Map(personas.map(({ id }) => [id as string, id])),
        ...(personaId && { personaId }),
        createId,
        now: now(),
      })
      await storage.write([
        // It is the latest thing the reader did, however long ago it was written.
        { type: 'put', table: 'conversations', row: { ...conversation, updatedAt: now() } },
        ...turns.map((row) => ({ type: 'put', table: 'turns', row }) as const),
        ...(memory ? [{ type: 'put', table: 'memories', row: memory } as const] : []),
      ])
      return conversation.id
    },
  }

  async function readLibrary(): Promise<Player[]> {
    // Of a card only its names are asked here.
    return (await readLivingCatalogue(storage)).map(({ id, name, nickname }) => ({
      id,
      card: { ...emptyCard, name, ...(nickname !== undefined && { nickname }) },
    }))
  }
}

/** The persona of that name; the default one needs no mention. */
function personaCalled(name: string, all: readonly Persona[]): PersonaId | undefined {
  const personas = all.filter(({ deletedAt }) => deletedAt === undefined)
  const wanted = name.trim().toLowerCase()
  const id = personas.find((persona) => persona.name.trim().toLowerCase() === wanted)?.id
  return id === defaultPersonaId ? undefined : id
}
