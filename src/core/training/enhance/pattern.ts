import type { Segment } from '#core/her/segment.ts'

/** A part of a turn as HER's pattern analysis names it. */
export type PatternPart = 'think' | 'act' | 'speech'

const partOf = {
  role_thinking: 'think',
  role_action: 'act',
  speech: 'speech',
} as const

/** How varied turns are, in the measure published with HER (`analyze_pattern_diversity.py`). */
export interface PatternDiversity {
  readonly turns: number
  /** Each pattern and how often it occurs, the most frequent first. */
  readonly patterns: readonly { readonly pattern: string; readonly count: number }[]
  /** −Σ p·log₂ p over the patterns; 0 where all turns are alike. */
  readonly entropyBits: number
  /** The share of the most frequent pattern, from 0 to 1. */
  readonly topShare: number
}

/** The order of a turn's parts, `think→act→speech`; planning has no part in it, and blank text is none. */
export function patternOf(segments: readonly Pick<Segment, 'layer' | 'text'>[]): string {
  const parts: PatternPart[] = []
  for (const { layer, text } of segments) {
    if (layer === 'system_thinking' || (layer === 'speech' && text.trim() === '')) continue
    // Speech that something private stood between is one stretch of text to the tag's eye.
    if (layer === 'speech' && parts.at(-1) === 'speech') continue
    parts.push(partOf[layer])
  }
  return parts.join('→')
}

export function measurePatterns(patterns: readonly string[]): PatternDiversity {
  const counts = new Map<string, number>()
  for (const pattern of patterns) counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  const sorted = [...counts]
    .map(([pattern, count]) => ({ pattern, count }))
    .sort((one, other) => other.count - one.count || (one.pattern < other.pattern ? -1 : 1))
  const turns = patterns.length
  const entropy = sorted.reduce((sum, { count }) => sum - (count / turns) * Math.log2(count / turns), 0)
  return {
    turns,
    patterns: sorted,
    entropyBits: Math.max(0, entropy),
    topShare: turns === 0 ? 0 : (sorted[0]?.count ?? 0) / turns,
  }
}
