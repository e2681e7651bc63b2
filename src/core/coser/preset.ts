/** Which of the two published ways of running and judging a case is followed. */
export type PresetId = 'coser-2025-02' | 'her-2026'

/**
 * A published protocol as data: every way in which the two differ, since each of them moves the scores. What a run was
 * made with is printed with every score.
 */
export interface Preset {
  readonly id: PresetId
  /** How a character is asked to mark what it thinks and does. */
  readonly notation: 'coser' | 'her'
  /** The most rounds, one of a speaker and one of the choice of the next. */
  readonly rounds: number
  /** `Name: ` is put before a line that has none, in what is judged and in the speaker's own history. */
  readonly addsNames: boolean
  /** Neighbouring messages of the same role become one, with a blank line between them. */
  readonly mergesMessages: boolean
  /** What the judge is shown of the characters' thoughts, in the play and in the book alike. */
  readonly judgesThoughts: boolean
  /** What a reply says over and over is cut, of every model but those of OpenAI's and Anthropic's names. */
  readonly mendsRepetition: boolean
  readonly actor: CallSetting
  readonly judge: CallSetting
  /** An answer about who is next that is longer than this is not read. */
  readonly longestChoice: number
  /** The loop ends the scene no earlier than in this round, counted from 0. */
  readonly endsFrom: number
  /** Whether a severity may be a fraction, and what counts where there is none. */
  readonly severities: { readonly fractions: boolean; readonly missing: number }
  /**
   * What a judge's answer that can't be read is worth. `retry` asks again, five times at most; what can't be read after
   * that leaves the case without a score in that dimension.
   */
  readonly unreadable:
    | { readonly kind: 'retry'; readonly times: number }
    | { readonly kind: 'score'; readonly score: number }
  /** What a judge is worth that could not be asked at all. */
  readonly unanswered: { readonly kind: 'none' } | { readonly kind: 'score'; readonly score: number }
  /** In the criteria of Character Fidelity the published code of both leaves this placeholder as it is. */
  readonly fillsMajors: boolean
}

export interface CallSetting {
  readonly temperature: number
  readonly maxTokens: number
}

/** CoSER's own of February 2025, which the published judge results were made with. */
const coser: Preset = {
  id: 'coser-2025-02',
  notation: 'coser',
  rounds: 20,
  addsNames: true,
  mergesMessages: true,
  judgesThoughts: false,
  mendsRepetition: true,
  actor: { temperature: 0, maxTokens: 512 },
  judge: { temperature: 0, maxTokens: 8196 },
  longestChoice: Number.POSITIVE_INFINITY,
  endsFrom: 5,
  severities: { fractions: false, missing: 1 },
  unreadable: { kind: 'retry', times: 5 },
  unanswered: { kind: 'none' },
  fillsMajors: true,
}

/** HER's of 2026: another judge's view, other rounds, other rules for what can't be read. */
const her: Preset = {
  id: 'her-2026',
  notation: 'her',
  rounds: 10,
  addsNames: false,
  mergesMessages: false,
  judgesThoughts: true,
  mendsRepetition: false,
  actor: { temperature: 0.7, maxTokens: 4096 },
  judge: { temperature: 0, maxTokens: 2048 },
  longestChoice: 1500,
  endsFrom: 5,
  severities: { fractions: true, missing: 0 },
  unreadable: { kind: 'score', score: 50 },
  unanswered: { kind: 'score', score: 0 },
  fillsMajors: false,
}

export const presets: Readonly<Record<PresetId, Preset>> = { 'coser-2025-02': coser, 'her-2026': her }

export function isPresetId(text: string): text is PresetId {
  return Object.hasOwn(presets, text)
}
