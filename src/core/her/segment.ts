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

/**
 * What became of a stretch of the raw text:
 * `text` is in a segment, `tag` opened or closed a layer, `mark` was recognised and left out (a tag where it means
 * nothing, the quotes around markdown speech), `prefix` is the speaker's own `Name:`, `layout` is white space between parts, `echo`
 * repeats the prefill, `held` is not decided yet (never in a finished reply), `cut` is `Reply.cut`.
 */
export type TileKind = 'text' | 'tag' | 'mark' | 'prefix' | 'layout' | 'echo' | 'held' | 'cut'

/** A stretch of `Reply.raw`, in UTF-16 offsets. */
export interface Tile {
  readonly kind: TileKind
  readonly start: number
  readonly end: number
  /** For `text`: the index of the segment it is in. */
  readonly segment?: number
}

/** A reply as read so far. */
export interface Reply {
  readonly segments: readonly Segment[]
  /** Everything that was pushed, verbatim. */
  readonly raw: string
  /** What was cut from the end: another speaker's turn, or everything from a leaked special token on. */
  readonly cut?: string | undefined
  /** The tagged layer the text ends in, when its tag is not closed. */
  readonly open?: Exclude<Layer, 'speech'> | undefined
  /** Accounts for `raw` without gaps or overlaps: proof that nothing is lost. Read again from `raw` when asked for. */
  readonly tiles: readonly Tile[]
}
