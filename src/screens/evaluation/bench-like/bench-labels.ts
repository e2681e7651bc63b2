import type { Dimension, Pillar } from '#core/bench-like/rubric.ts'
import { t } from '#lib/translate.ts'

/** The pillars as the reader is told of them. */
export const pillarLabels: Readonly<Record<Pillar, string>> = {
  worlds: t('Worlds'),
  stories: t('Stories'),
  preferences: t('User preferences'),
}

export const benchDimensionLabels: Readonly<Record<Dimension, string>> = {
  basics: t('Basics'),
  logic: t('Logic'),
  knowledge: t('Knowledge'),
  diversity: t('Diversity'),
  content_logic: t('Content logic'),
  interaction: t('Interaction'),
}
