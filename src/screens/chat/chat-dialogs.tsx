import { lazy, Suspense } from 'react'
import { create } from 'zustand'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Players } from '#state/cast.ts'
import type { Transcript } from '#state/conversations.ts'

/** What a dialog about the whole chat is given. */
export interface ChatDialogProps {
  readonly conversation: Conversation
  readonly transcript: Transcript
  readonly players: Players
  readonly onClose: () => void
}

/** The dialogs about the whole chat, by name. Each is loaded when it is first opened. */
const dialogs = {
  details: lazy(() => import('./details-dialog.tsx').then((module) => ({ default: module.DetailsDialog }))),
}

type ChatDialogKind = keyof typeof dialogs

const useOpenDialog = create<{ readonly open: ChatDialogKind | undefined }>(() => ({ open: undefined }))

/** Opens a dialog about the chat that is shown. */
export function openChatDialog(kind: ChatDialogKind): void {
  useOpenDialog.setState({ open: kind })
}

function close(): void {
  useOpenDialog.setState({ open: undefined })
}

/** The dialog about the chat, when one is open. */
export function ChatDialogs(about: Omit<ChatDialogProps, 'onClose'>) {
  const open = useOpenDialog((state) => state.open)
  const OpenDialog = open === undefined ? undefined : dialogs[open]
  return <Suspense>{OpenDialog && <OpenDialog {...about} onClose={close} />}</Suspense>
}
