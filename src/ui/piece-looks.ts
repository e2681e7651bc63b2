import { t } from '#lib/translate.ts'
/** Where text of a prompt comes from, in words and in colour; the colour never stands without the word. */
export const pieceLooks = {
  form: { label: t('Form'), edge: 'border-[oklch(0.62_0.01_80)]', fill: 'bg-[oklch(0.62_0.01_80)]' },
  card: { label: t('Card'), edge: 'border-[oklch(0.62_0.13_45)]', fill: 'bg-[oklch(0.62_0.13_45)]' },
  persona: { label: t('Persona'), edge: 'border-[oklch(0.62_0.13_330)]', fill: 'bg-[oklch(0.62_0.13_330)]' },
  lore: { label: t('Lore'), edge: 'border-[oklch(0.62_0.13_145)]', fill: 'bg-[oklch(0.62_0.13_145)]' },
  memory: { label: t('Memory'), edge: 'border-[oklch(0.62_0.1_200)]', fill: 'bg-[oklch(0.62_0.1_200)]' },
  story: { label: t('Story'), edge: 'border-[oklch(0.6_0.13_255)]', fill: 'bg-[oklch(0.6_0.13_255)]' },
  note: { label: t('Note'), edge: 'border-[oklch(0.6_0.19_20)]', fill: 'bg-[oklch(0.6_0.19_20)]' },
} as const
