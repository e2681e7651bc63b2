import { Suspense, useEffect } from 'react'
import { create } from 'zustand'
import { readTurn } from '#core/conversation/read-turn.ts'
import { isSealed } from '#core/conversation/seals.ts'
import { takesOf } from '#core/conversation/tree.ts'
import type { TurnId } from '#core/ids.ts'
import type { Players } from '#state/cast.ts'
import type { Transcript } from '#state/conversations.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { useReadingRules } from './reading-rules.ts'

const EditDialog = lazyPart(() => import('./edit-dialog.tsx').then((module) => ({ default: module.EditDialog })))
const SteerDialog = lazyPart(() => import('./steer-dialog.tsx').then((module) => ({ default: module.SteerDialog })))
const TurnInspectorDialog = lazyPart(() =>
  import('./inspector/inspector-dialog.tsx').then((module) => ({ default: module.TurnInspectorDialog })),
)

const NameDialog = lazyPart(() => import('./name-dialog.tsx').then((module) => ({ default: module.NameDialog })))
const CompareDialog = lazyPart(() =>
  import('./compare-dialog.tsx').then((module) => ({ default: module.CompareDialog })),
)
const AboutDialog = lazyPart(() => import('./about-dialog.tsx').then((module) => ({ default: module.AboutDialog })))
const SealedDialog = lazyPart(() => import('./sealed-dialog.tsx').then((module) => ({ default: module.SealedDialog })))

export type TurnDialogKind = 'edit' | 'steer' | 'name' | 'compare' | 'prompt' | 'about'

interface OpenDialog {
  readonly kind: TurnDialogKind
  readonly turnId: TurnId
}

const useOpenDialog = create<{ readonly open: OpenDialog | undefined }>(() => ({ open: undefined }))

/** Opens a dialog about a turn of the chat that is shown. */
export function openTurnDialog(kind: TurnDialogKind, turnId: TurnId): void {
  useOpenDialog.setState({ open: { kind, turnId } })
}

function close(): void {
  useOpenDialog.setState({ open: undefined })
}

interface Props {
  readonly transcript: Transcript
  readonly players: Players
}

/** The dialog about one of the turns, when one is open. One place for all turns, so that a command can open it as well. */
export function TurnDialogs({ transcript, players }: Props) {
  const open = useOpenDialog((state) => state.open)
  const { seals } = useReadingRules()
  const chat = transcript.path[0]?.conversationId
  // As of dialogs about the chat: who goes to another page leaves it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat is another page
  useEffect(() => close, [chat])
  const turn = open && transcript.tree.turnsById.get(open.turnId)
  if (!turn) return null
  const reply = readTurn(turn, players.cast)
  const about = { turn, reply, onClose: close }
  const showsAll = open.kind === 'edit' || open.kind === 'steer'
  if (showsAll && reply.segments.some((segment, index) => isSealed(seals, turn.id, segment, index))) {
    return (
      <Suspense>
        <SealedDialog onClose={close} />
      </Suspense>
    )
  }
  return (
    <Suspense>
      {open.kind === 'edit' && <EditDialog {...about} />}
      {open.kind === 'steer' && <SteerDialog {...about} players={players} />}
      {open.kind === 'name' && <NameDialog turn={turn} onClose={close} />}
      {open.kind === 'compare' && (
        <CompareDialog {...{ turn, players, seals }} takes={takesOf(transcript.tree, turn)} onClose={close} />
      )}
      {open.kind === 'about' && <AboutDialog {...{ turn, players }} onClose={close} />}
      {open.kind === 'prompt' && <TurnInspectorDialog turn={turn} onClose={close} />}
    </Suspense>
  )
}
