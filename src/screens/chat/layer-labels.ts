import type { Layer } from '#core/her/segment.ts'
import { t } from '#lib/translate.ts'

/** What the layers are called on screen. */
export const layerLabels: Readonly<Record<Layer, string>> = {
  system_thinking: t('Planning'),
  role_thinking: t('Inner thought'),
  role_action: t('Action'),
  speech: t('Speech'),
}
