import { create } from 'zustand'
import type { CharacterId } from '#core/ids.ts'
import type { ReadScene } from '#core/scene-file/read-scenes-result.ts'

/** A chat whose names tell of nobody in the library: the reader says whose it is. */
export interface ImportQuestion {
  readonly fileName: string
  /** Who the chat is with, by the file; empty where it does not say. */
  readonly name: string
  /** Without a character the file is left alone. */
  readonly answer: (characterId: CharacterId | undefined) => void
}

export const useImportQuestion = create<{ readonly question: ImportQuestion | undefined }>(() => ({
  question: undefined,
}))

/** A file of several scenes: the reader says which of them are wanted. */
export interface SceneQuestion {
  readonly fileName: string
  readonly scenes: readonly ReadScene[]
  /** What is to be known of the file as a whole. */
  readonly warnings: readonly string[]
  /** The file goes on behind these: looks through all of it for what has these words. */
  readonly lookFor?: (words: string) => void
  /** The words these were found by, wherever those stand in a row. */
  readonly lookedFor?: string
  /** It is being looked through: so many rows so far. */
  readonly looking?: { readonly rows: number; readonly stop: () => void }
  readonly answer: (chosen: readonly ReadScene[]) => void
}

export const useSceneQuestion = create<{ readonly question: SceneQuestion | undefined }>(() => ({
  question: undefined,
}))
