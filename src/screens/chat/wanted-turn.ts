import { create } from 'zustand'
import type { TurnId } from '#core/ids.ts'

/** A turn the transcript is to go to as soon as it has it. */
export const useWantedTurn = create<{ readonly turnId: TurnId | undefined }>(() => ({ turnId: undefined }))

export function showTurn(turnId: TurnId | undefined): void {
  useWantedTurn.setState({ turnId })
}
