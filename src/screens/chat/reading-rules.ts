import { createContext, use } from 'react'
import type { Seals } from '#core/conversation/conversation.ts'
import type { Layers } from '#state/layers.ts'

interface ReadingRules {
  /** Which layers stand open by themselves. */
  readonly layers: Layers
  /** Present while the chat is played sealed. */
  readonly seals: Seals | undefined
  /** The story is set as the script of a play. */
  readonly isScript: boolean
}

/** What the panels of a chat go by. */
export const ReadingRulesContext = createContext<ReadingRules>({ layers: 'words', seals: undefined, isScript: false })

export function useReadingRules(): ReadingRules {
  return use(ReadingRulesContext)
}
