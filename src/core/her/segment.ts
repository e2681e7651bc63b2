/**
 * The four layers of a HER reply (HER paper, arXiv 2601.21459).
 * `system_thinking` is the model planning in the third person, `role_thinking` the character's own thought,
 * `role_action` what its body does, `speech` what it says aloud.
 */
export type Layer = 'system_thinking' | 'role_thinking' | 'role_action' | 'speech'

/** How a text marks its layers. `player` is what people type: `*acts*`, `(acts)`, `[thinks]`. */
export type Dialect = 'her' | 'coser' | 'markdown' | 'player'

/** One stretch of a reply in one layer. Segments are kept in the order they were said, thought and done. */
export interface Segment {
  readonly layer: Layer
  readonly text: string
  /** False only for the last segment of a reply that is still arriving, or that ended inside this layer's tag. */
  readonly closed: boolean
}

/** A reply as read so far. */
export interface Reply {
  readonly segments: readonly Segment[]
  /** Everything that was pushed, verbatim. */
  readonly raw: string
  /** What was cut from the end: another speaker's turn, or everything from a leaked special token on. */
  readonly cut?: string
  /** The tagged layer the text ended in, when its tag was never closed. */
  readonly open?: Exclude<Layer, 'speech'>
}
