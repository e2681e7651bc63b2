import type { Conversation } from '#core/conversation/conversation.ts'
import type { Players } from '#state/cast.ts'
import type { Transcript } from '#state/conversations.ts'

/** What a dialog about the whole chat is given. */
export interface ChatDialogProps {
  readonly conversation: Conversation
  readonly transcript: Transcript
  readonly players: Players
  readonly onClose: () => void
  /** Goes on to another of these dialogs. */
  readonly onOpen: (kind: 'eyes' | 'memory') => void
}
