import { create } from 'zustand'
import type { ConversationId, TurnId } from '#core/ids.ts'

/** What is asked about the takes of one turn: which is the better of two, or which the best of many. */
export interface TasteQuestion {
  readonly kind: 'compare' | 'best-of'
  readonly conversationId: ConversationId
  readonly turnId: TurnId
}

/** The question that is open; the dialogs of the Lab's code come with the first one. */
export const useTasteQuestion = create<{ readonly open: TasteQuestion | undefined }>(() => ({ open: undefined }))

export function askAboutTakes(open: TasteQuestion | undefined): void {
  useTasteQuestion.setState({ open })
}
