import { Suspense, useEffect } from 'react'
import { create } from 'zustand'
import { lazyPart } from '#ui/lazy-part.tsx'
import type { ChatDialogProps } from './chat-dialog-props.ts'

/** The dialogs about the whole chat, by name. Each is loaded when it is first opened. */
const dialogs = {
  map: lazyPart(() => import('./story-map-dialog.tsx').then((module) => ({ default: module.StoryMapDialog }))),
  inspector: lazyPart(() =>
    import('./inspector/inspector-dialog.tsx').then((module) => ({ default: module.InspectorDialog })),
  ),
  note: lazyPart(() => import('./note-dialog.tsx').then((module) => ({ default: module.NoteDialog }))),
  memory: lazyPart(() => import('./memory/memory-dialog.tsx').then((module) => ({ default: module.MemoryDialog }))),
  eyes: lazyPart(() => import('./scene/eyes-dialog.tsx').then((module) => ({ default: module.EyesDialog }))),
  knowledge: lazyPart(() =>
    import('./scene/knowledge-dialog.tsx').then((module) => ({ default: module.KnowledgeDialog })),
  ),
  lorebooks: lazyPart(() => import('./lorebooks-dialog.tsx').then((module) => ({ default: module.LorebooksDialog }))),
  details: lazyPart(() => import('./details-dialog.tsx').then((module) => ({ default: module.DetailsDialog }))),
  persona: lazyPart(() => import('./persona-dialog.tsx').then((module) => ({ default: module.PersonaDialog }))),
  models: lazyPart(() => import('./scene/models-dialog.tsx').then((module) => ({ default: module.ModelsDialog }))),
  aboutScene: lazyPart(() =>
    import('./scene/about-scene-dialog.tsx').then((module) => ({ default: module.AboutSceneDialog })),
  ),
  shareScene: lazyPart(() =>
    import('./scene/share-scene-dialog.tsx').then((module) => ({ default: module.ShareSceneDialog })),
  ),
  export: lazyPart(() => import('./export-dialog.tsx').then((module) => ({ default: module.ExportDialog }))),
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
export function ChatDialogs(about: Omit<ChatDialogProps, 'onClose' | 'onOpen'>) {
  const open = useOpenDialog((state) => state.open)
  // Who goes to another page leaves it: it must not be open over the chat they come to next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat is another page
  useEffect(() => close, [about.conversation.id])
  const OpenDialog = open === undefined ? undefined : dialogs[open]
  return <Suspense>{OpenDialog && <OpenDialog {...about} onClose={close} onOpen={openChatDialog} />}</Suspense>
}
