import { create } from 'zustand'
import type { TurnId } from '#core/ids.ts'

interface WantedTurn {
  readonly turnId: TurnId | undefined
  /** Its thought is what is wanted of it. */
  readonly isForThought?: boolean
}

/** A turn the transcript is to go to as soon as it has it. */
export const useWantedTurn = create<WantedTurn>(() => ({ turnId: undefined }))

export function showTurn(turnId: TurnId | undefined): void {
  useWantedTurn.setState({ turnId, isForThought: false })
}

/** Goes to a turn's newest thought. */
export function showThought(turnId: TurnId): void {
  useWantedTurn.setState({ turnId, isForThought: true })
}
