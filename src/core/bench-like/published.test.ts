import { expect, test } from 'vitest'
import { overallOf, pillarScores } from './rubric.ts'

/** The published tables: overall, Worlds, Stories, User Preferences. HER's README, then MiniMax's own board. */
const published: readonly (readonly [number, number, number, number])[] = [
  [76.62, 67.23, 82.1, 89.9],
  [75.6, 62.72, 83.87, 93.08],
  [80.63, 76.62, 72.21, 97.05],
  [68.23, 52.36, 82.11, 86.08],
  [60.27, 45.81, 66.64, 82.83],
  [84.65, 80.55, 79.97, 97.51],
  [64.22, 51.11, 66.45, 88.21],
  [65.73, 59.13, 57.74, 86.9],
  [58.44, 47.29, 52.78, 86.4],
  [48.47, 29.87, 47.51, 86.64],
  [69.35, 55.72, 75.66, 90.28],
  [61.25, 50.66, 59.53, 84.15],
  [45.38, 34.32, 30.32, 82.58],
  [57.63, 43.32, 50.11, 93.78],
  [66.39, 64.96, 46.23, 89.4],
  [60.72, 47.27, 56.65, 91.71],
  [50.76, 40.38, 32.82, 89.48],
  [84.65, 80.55, 79.97, 97.51],
  [80.64, 72.83, 81.73, 95.18],
  [80.63, 76.62, 72.21, 97.05],
  [76.62, 67.23, 82.1, 89.9],
  [75.6, 62.72, 83.87, 93.08],
  [71.19, 60.68, 76.89, 86.51],
  [69.35, 55.72, 75.66, 90.28],
  [68.23, 52.36, 82.11, 86.08],
  [64.22, 51.11, 66.45, 88.21],
  [60.27, 45.81, 66.64, 82.83],
  [48.47, 29.87, 47.51, 86.64],
]

test('the formula gives every published overall score of its pillars', () => {
  expect(published).toHaveLength(17 + 11)
  for (const [overall, worlds, stories, preferences] of published) {
    const computed = overallOf({ worlds, stories, preferences })
    // To the last published digit; the pillars themselves are rounded to it.
    expect(Math.abs(computed - overall)).toBeLessThanOrEqual(0.01 + 1e-9)
  }
  expect(overallOf({ worlds: 80.55, stories: 79.97, preferences: 97.51 })).toBeCloseTo(84.645, 10)
})

test('inside of a pillar every dimension counts the same', () => {
  const scores = { basics: 90, logic: 60, knowledge: 30, diversity: 80, content_logic: 40, interaction: 10 }
  expect(pillarScores(scores)).toEqual({ worlds: 60, stories: 60, preferences: 10, overall: 47.5 })
})
