/** What it is called wherever a score of it stands. */
export const benchName = 'Role-Play-Bench-like'

/** What has to be said with every score. */
export const benchNote =
  'Role-Play-Bench-like: after MiniMax’s Role-Play Bench, whose judge, simulated user and weights inside a pillar are not published. Those here are ours, so its scores can’t be compared with the published ones.'

/** What a judge looks for flaws in, by the names of the published columns. */
export const dimensions = ['basics', 'logic', 'knowledge', 'diversity', 'content_logic', 'interaction'] as const

export type Dimension = (typeof dimensions)[number]

export const pillars = ['worlds', 'stories', 'preferences'] as const

export type Pillar = (typeof pillars)[number]

export function isPillar(name: string): name is Pillar {
  return (pillars as readonly string[]).includes(name)
}

/** The published weights and dimensions of each pillar. */
export const pillarParts: Readonly<
  Record<Pillar, { readonly title: string; readonly weight: number; readonly dimensions: readonly Dimension[] }>
> = {
  worlds: { title: 'Worlds', weight: 0.5, dimensions: ['basics', 'logic', 'knowledge'] },
  stories: { title: 'Stories', weight: 0.25, dimensions: ['diversity', 'content_logic'] },
  preferences: { title: 'User Preferences', weight: 0.25, dimensions: ['interaction'] },
}

/** What counts as a flaw in each dimension, as the judge is told. */
export const flawsOf: Readonly<Record<Dimension, string>> = {
  basics: 'garbled text, a second language mixed in, the same words or sentences again, broken format',
  logic: 'characters, relations or references mixed up, places and positions that cannot be, wrong pronouns',
  knowledge: 'what breaks the rules of this world, physical or magical, or what is known in it',
  diversity: 'the story stands still, runs in a circle, or is filled with words that add nothing',
  content_logic:
    'one thing does not follow from the other; the character is not itself (it may grow, where that was built up)',
  interaction:
    'speaks, acts or decides for the user; passes over what the user said or did; leaves nothing to answer; refuses what the story allows, or ignores a limit that the user set',
}

export type DimensionScores = Readonly<Record<Dimension, number>>

/** Scores of the pillars, and of all: from 0 to 100. */
export interface PillarScores extends Readonly<Record<Pillar, number>> {
  readonly overall: number
}

/** The pillars of some scores: inside of a pillar each dimension counts the same, which is ours. */
export function pillarScores(scores: DimensionScores): PillarScores {
  const meanOf = (pillar: Pillar) => {
    const parts = pillarParts[pillar].dimensions
    return parts.reduce((sum, dimension) => sum + scores[dimension], 0) / parts.length
  }
  const each = { worlds: meanOf('worlds'), stories: meanOf('stories'), preferences: meanOf('preferences') }
  return { ...each, overall: overallOf(each) }
}

/** The published formula. */
export function overallOf(scores: Readonly<Record<Pillar, number>>): number {
  return pillars.reduce((sum, pillar) => sum + pillarParts[pillar].weight * scores[pillar], 0)
}

/** The mean of each dimension; undefined of none. */
export function meanScores(all: readonly DimensionScores[]): DimensionScores | undefined {
  if (all.length === 0) return undefined
  return scoresBy((dimension) => all.reduce((sum, scores) => sum + scores[dimension], 0) / all.length)
}

export function scoresBy(scoreOf: (dimension: Dimension) => number): DimensionScores {
  return Object.fromEntries(
    dimensions.map((dimension) => [dimension, scoreOf(dimension)]),
  ) as unknown as DimensionScores
}
