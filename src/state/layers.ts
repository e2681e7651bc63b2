import type { CharacterId, ConversationId } from '#core/ids.ts'

/** Which layers stand open by themselves: words alone, thoughts too, or planning as well. */
export type Layers = 'words' | 'thoughts' | 'planning'

/** How far layers stand open: for each character the reader chose it for, else as it was before that could be chosen. */
export interface LayersChoice {
  readonly defaultLayers: Layers
  readonly layersByCharacter: Readonly<Record<CharacterId, Layers>>
  /** Chats whose director's cut is shown: every layer stands open. */
  readonly openedChats: Readonly<Record<ConversationId, true>>
}
