import type { Layer, Segment } from '#core/her/segment.ts'

/** What a check says of an enhanced turn. */
export interface Finding {
  readonly check: 'voice' | 'mind-reading' | 'order' | 'speech' | 'length' | 'repetition' | 'missing'
  /** `wrong` is not taken unless the reader takes it themself; of a `remark` they are told. */
  readonly weight: 'wrong' | 'remark'
  readonly sentence: string
  /** Where: the segment of the enhanced turn, and the words in it. Nothing where it is about the whole turn. */
  readonly place?: { readonly segment: number; readonly layer: Layer; readonly words: string }
}

/** A turn before and after. */
export interface EnhancedText {
  /** Of the character. */
  readonly name: string
  /** Of everyone else. */
  readonly others: readonly string[]
  readonly original: readonly Segment[]
  readonly segments: readonly Segment[]
  /** What of it is new. */
  readonly hasNewThoughts: boolean
  readonly hasNewPlan: boolean
  /** What a teacher wrote for the turn, before it was put in order. */
  readonly written?: string
  /** What was drafted for its plan; empty where nothing was. */
  readonly draft?: string
  /** The character's turns before it as they read now, the newest last. */
  readonly before: readonly (readonly Segment[])[]
}

/** The sentences of a text, as they stand in it. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?…。！？\n])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
}

export function placeOf(segments: readonly Segment[], segment: number, words: string): NonNullable<Finding['place']> {
  return { segment, layer: segments[segment]?.layer ?? 'speech', words: words.slice(0, 200) }
}
