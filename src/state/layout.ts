import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { ConversationId, TurnId } from '#core/ids.ts'

/** Which layers stand open by themselves: words alone, thoughts too, or planning as well. */
export type Layers = 'words' | 'thoughts' | 'planning'

export type Theme = 'system' | 'light' | 'dark'

interface Layout {
  readonly layers: Layers
  readonly theme: Theme
  /** What the reader opened or closed by hand, by turn and place of the segment. It wins over `layers`. */
  readonly openByHand: Readonly<Record<TurnId, Readonly<Record<number, boolean>>>>
  readonly draftsByConversation: Readonly<Record<ConversationId, string>>
  /** The reader has opened a sealed thought once, so the hint has done its work. */
  readonly hasOpenedThought: boolean
  readonly setLayers: (layers: Layers) => void
  readonly setTheme: (theme: Theme) => void
  readonly setOpen: (turnId: TurnId, segment: number, open: boolean) => void
  readonly setDraft: (conversationId: ConversationId, text: string) => void
  readonly noteThoughtOpened: () => void
}

/** Turns whose panels were moved by hand are remembered up to this many; the oldest are forgotten first. */
const rememberedTurns = 1000

/** How the page looks for this reader. Kept in localStorage: it is wanted before the first paint. */
export const useLayout = create<Layout>()(
  persist(
    (set) => ({
      layers: 'words',
      theme: 'system',
      openByHand: {},
      draftsByConversation: {},
      hasOpenedThought: false,
      setLayers: (layers) => set({ layers }),
      setTheme: (theme) => set({ theme }),
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
      noteThoughtOpened: () => set({ hasOpenedThought: true }),
    }),
    { name: 'subtext-layout', version: 1 },
  ),
)
