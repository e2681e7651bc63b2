import type { BranchChoice } from '#core/training/branches.ts'
import type { Preferrer } from '#core/training/preference-rows.ts'
import { createReplaceNames, type NameReplacement } from '#core/training/replace-names.ts'
import type { TrainingChoice } from '#core/training/rows-of.ts'
import type { TrainingShape } from '#core/training/training-row.ts'

/** What the form of an export holds, beside what is chosen and what is replaced. */
export interface ExportForm {
  readonly shape: TrainingShape
  readonly branches: BranchChoice
  readonly needsPlanning: boolean
  /** Empty for all of it. */
  readonly mostHistory: string
  readonly preferredBy: readonly Preferrer[]
  readonly licence: string
  readonly consent: string
  readonly hasConsent: boolean
}

export const emptyForm: ExportForm = {
  shape: 'sft_single_turn',
  branches: 'path',
  needsPlanning: false,
  mostHistory: '',
  preferredBy: ['human', 'judge'],
  licence: '',
  consent: '',
  hasConsent: false,
}

export type ChangeForm = (part: Partial<ExportForm>) => void

/** What is asked of the export. */
export function choiceOf(
  { shape, branches, needsPlanning, mostHistory, preferredBy }: ExportForm,
  table: readonly NameReplacement[],
): TrainingChoice {
  const replace = createReplaceNames(table)
  const limit = mostHistory === '' ? undefined : Number(mostHistory)
  return shape === 'preference'
    ? { shape, replace, preferredBy: new Set(preferredBy), mostHistory: limit }
    : { shape, branches, replace, needsPlanning, mostHistory: limit }
}
