import type { TrainingShape } from '#core/training/training-row.ts'
import { t } from '#lib/translate.ts'

/** The shapes, in words. The names in the hints are those of the published files. */
export const shapes: readonly { readonly shape: TrainingShape; readonly label: string; readonly hint: string }[] = [
  {
    shape: 'sft_single_turn',
    label: t('Single turns'),
    hint: t('One turn a row, planned, with what the character knew before it. As HER-Dataset’s sft_single_turn.'),
  },
  {
    shape: 'sft_multi_turn',
    label: t('Whole conversations'),
    hint: t('One character’s part in one story a row, planned at its end. As HER-Dataset’s sft_multi_turn.'),
  },
  {
    shape: 'sharegpt',
    label: t('ShareGPT'),
    hint: t('The same in the words that most trainers read.'),
  },
  {
    shape: 'clean',
    label: t('Stories with every mind'),
    hint: t('One story a row, everybody’s thoughts and planning in it. Like HER-Dataset’s clean file.'),
  },
  {
    shape: 'preference',
    label: t('Preferences (TRL)'),
    hint: t('Two takes of one turn a row, the better one first: for DPO and its kin.'),
  },
]
