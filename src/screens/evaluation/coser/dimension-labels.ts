import type { Dimension } from '#core/coser/rubric.ts'
import { t } from '#lib/translate.ts'

/** CoSER's dimensions as the reader is told of them. */
export const dimensionLabels: Readonly<Record<Dimension, string>> = {
  'Storyline Consistency': t('Storyline consistency'),
  Anthropomorphism: t('Anthropomorphism'),
  'Character Fidelity': t('Character fidelity'),
  'Storyline Quality': t('Storyline quality'),
}
