import { lazy, Suspense } from 'react'
import { create } from 'zustand'
import { readTurn } from '#core/conversation/read-turn.ts'
import type { TurnId } from '#core/ids.ts'
import type { Players } from '#state/cast.ts'
import type { Transcript } from '#state/conversations.ts'

const EditDialog = lazy(() => import('./edit-dialog.tsx').then((module) => ({ default: module.EditDialog })))
const SteerDialog = lazy(() => import('./steer-dialog.tsx').then((module) => ({ default: module.SteerDialog })))
const TurnInspectorDialog = lazy(() =>
  import('./inspector/inspector-dialog.tsx').then((module) => ({ default: module.TurnInspectorDialog })),
)

export type TurnDialogKind = 'edit' | 'steer' | 'prompt'

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
  const turn = open && transcript.tree.turnsById.get(open.turnId)
  if (!turn) return null
  const about = { turn, reply: readTurn(turn, players.cast), onClose: close }
  return (
    <Suspense>
      {open.kind === 'edit' && <EditDialog {...about} />}
      {open.kind === 'steer' && <SteerDialog {...about} players={players} />}
      {open.kind === 'prompt' && <TurnInspectorDialog turn={turn} onClose={close} />}
    </Suspense>
  )
}
