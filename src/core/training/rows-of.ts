import type { Story } from '#core/story/story.ts'
import type { Preference } from '#core/taste/preference.ts'
import { type PreferenceChoice, preferenceRows } from './preference-rows.ts'
import { type SampleChoice, type TrainingItem, trainingRows } from './training-rows.ts'

/** A chat or scene that rows are made of, with what was preferred in it. */
export interface TrainingSource {
  readonly story: Story
  readonly preferences: readonly Preference[]
}

/** What goes out of all that was chosen, and in which shape. */
export type TrainingChoice = SampleChoice | ({ readonly shape: 'preference' } & PreferenceChoice)

/** The rows of one chat or scene in the chosen shape, one at a time. */
export function rowsOf({ story, preferences }: TrainingSource, choice: TrainingChoice): Generator<TrainingItem> {
  return choice.shape === 'preference' ? preferenceRows(story, preferences, choice) : trainingRows(story, choice)
}
