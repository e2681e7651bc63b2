import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Language } from '#lib/translate.ts'
import type { Layers, LayersChoice } from './layers.ts'
import { layoutVersion, migrateLayout } from './migrate-layout.ts'

export type Theme = 'system' | 'light' | 'dark'

export type LanguageChoice = 'system' | Language

interface Layout extends LayersChoice {
  readonly theme: Theme
  /** Read as the page starts, by public/first-paint.js. */
  readonly language: LanguageChoice
  /** What the reader opened or closed by hand, by turn and place of the segment. It wins over the layers. */
  readonly openByHand: Readonly<Record<TurnId, Readonly<Record<number, boolean>>>>
  readonly draftsByConversation: Readonly<Record<ConversationId, string>>
  /** Advice on a card that its author does not want for it, by its id. */
  readonly hiddenAdvice: Readonly<Record<CharacterId, readonly string[]>>
  /** Scenes are shown as a stage, with large faces. */
  readonly showsStage: boolean
  /** Chats that are set as the script of a play. */
  readonly scriptChats: Readonly<Record<ConversationId, true>>
  /** The reader has opened a sealed thought once, so the hint has done its work. */
  readonly hasOpenedThought: boolean
  /** For all chats with this chat's character. */
  readonly setLayers: (conversation: Conversation, layers: Layers) => void
  /** Opens every layer of a chat, also those that were closed by hand. */
  readonly openAll: (conversationId: ConversationId, turnIds: Iterable<TurnId>) => void
  readonly setTheme: (theme: Theme) => void
  readonly setLanguage: (language: LanguageChoice) => void
  readonly setOpen: (turnId: TurnId, segment: number, open: boolean) => void
  readonly setDraft: (conversationId: ConversationId, text: string) => void
  readonly setHiddenAdvice: (characterId: CharacterId, hidden: readonly string[]) => void
  readonly noteThoughtOpened: () => void
  readonly setStage: (shows: boolean) => void
  readonly setScript: (conversationId: ConversationId, isScript: boolean) => void
}

/** Turns whose panels were moved by hand are remembered up to this many; the oldest are forgotten first. */
const rememberedTurns = 1000

let keepsDrafts = true

/**
 * Where everything is sealed, what was typed and not sent is kept in memory alone: this store lies unsealed. What it kept
 * before is taken out of it.
 */
export function keepDrafts(keeps: boolean): void {
  keepsDrafts = keeps
  useLayout.setState({})
}

/** How the page looks for this reader. Kept in localStorage: it is wanted before the first paint. */
export const useLayout = create<Layout>()(
  persist(
    (set) => ({
      defaultLayers: 'words',
      layersByCharacter: {},
      openedChats: {},
      theme: 'system',
      language: 'system',
      openByHand: {},
      draftsByConversation: {},
      hiddenAdvice: {},
      showsStage: false,
      scriptChats: {},
      hasOpenedThought: false,
      setLayers: ({ id, characterId }, layers) =>
        set(({ layersByCharacter, openedChats }) => {
          const { [id]: _shown, ...otherChats } = openedChats
          return { layersByCharacter: { ...layersByCharacter, [characterId]: layers }, openedChats: otherChats }
        }),
      openAll: (conversationId, turnIds) =>
        set(({ openedChats, openByHand }) => {
          const moved = new Set<string>(turnIds)
          return {
            openedChats: { ...openedChats, [conversationId]: true },
            openByHand: Object.fromEntries(Object.entries(openByHand).filter(([turnId]) => !moved.has(turnId))),
          }
        }),
      setTheme: (theme) => set({ theme }),
      setLanguage: (language) => set({ language }),
      setOpen: (turnId, segment, open) =>
        set(({ openByHand }) => {
          const { [turnId]: segments, ...others } = openByHand
          const kept = Object.entries(others).slice(-(rememberedTurns - 1))
          return { openByHand: { ...Object.fromEntries(kept), [turnId]: { ...segments, [segment]: open } } }
        }),
      setDraft: (conversationId, text) =>
        set(({ draftsByConversation }) => {
          const { [conversationId]: _before, ...others } = draftsByConversation
          return { draftsByConversation: text === '' ? others : { ...others, [conversationId]: text } }
        }),
      setHiddenAdvice: (characterId, hidden) =>
        set(({ hiddenAdvice }) => {
          const { [characterId]: _before, ...others } = hiddenAdvice
          return { hiddenAdvice: hidden.length === 0 ? others : { ...others, [characterId]: hidden } }
        }),
      noteThoughtOpened: () => set({ hasOpenedThought: true }),
      setStage: (showsStage) => set({ showsStage }),
      setScript: (conversationId, isScript) =>
        set(({ scriptChats }) => {
          const { [conversationId]: _before, ...others } = scriptChats
          return { scriptChats: isScript ? { ...others, [conversationId]: true } : others }
        }),
    }),
    {
      name: 'subtext-layout',
      partialize: (layout) => (keepsDrafts ? layout : { ...layout, draftsByConversation: {} }),
      version: layoutVersion,
      migrate: (kept, version) => migrateLayout(kept, version) as Layout,
    },
  ),
)

/** How deep a chat is read: as its director's cut, as chosen for its character, or as every chat is. */
export function useLayers({ id, characterId }: Conversation): Layers {
  return useLayout(({ openedChats, layersByCharacter, defaultLayers }) =>
    openedChats[id] ? 'planning' : (layersByCharacter[characterId] ?? defaultLayers),
  )
}
