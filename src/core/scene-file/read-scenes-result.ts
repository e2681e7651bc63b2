import type { SceneDraft } from './scene-draft.ts'

/** Scenes read from a file. */
export interface ReadScenes {
  readonly format: 'subtext' | 'coser'
  readonly scenes: readonly ReadScene[]
  /** What was left out, put right or taken for granted in the file as a whole, in sentences for the reader. */
  readonly warnings: readonly string[]
}

/** One of them, with what was wrong in it. */
export interface ReadScene {
  readonly draft: SceneDraft
  readonly warnings: readonly string[]
}

/** Why a file has no scene that we read, with a sentence for the reader. */
export interface SceneProblem {
  readonly kind: 'not-a-scene' | 'empty' | 'too-large' | 'newer'
  readonly sentence: string
}
