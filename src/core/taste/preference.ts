import type { PreferenceId } from '#core/ids.ts'

/** Which of two takes was preferred. */
export interface Preference {
  readonly id: PreferenceId
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly deletedAt?: number
}
