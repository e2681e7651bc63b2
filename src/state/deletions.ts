import { create } from 'zustand'
import type { Undo } from '#engine/undo.ts'

interface Deletions {
  /** What undoes each deletion of this visit, the latest last. */
  readonly undos: readonly Undo[]
}

const useDeletions = create<Deletions>(() => ({ undos: [] }))

/** Keeps what undoes a deletion within one key's reach. Gives an undo that is done once, by whichever hand comes first. */
export function rememberDeletion(undo: Undo): Undo {
  const once: Undo = async () => {
    if (!useDeletions.getState().undos.includes(once)) return
    useDeletions.setState(({ undos }) => ({ undos: undos.filter((other) => other !== once) }))
    await undo()
  }
  useDeletions.setState(({ undos }) => ({ undos: [...undos, once] }))
  return once
}

/** Undoes the latest deletion that was not undone yet; absent when there is none. */
export function useLastDeletion(): Undo | undefined {
  return useDeletions(({ undos }) => undos.at(-1))
}
