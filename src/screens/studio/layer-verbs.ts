import type { Layer } from '#core/her/segment.ts'
import { t } from '#lib/translate.ts'

/** What the layers are called where they are written. */
export const layerVerbs: Readonly<Record<Layer, string>> = {
  speech: t('Says'),
  role_action: t('Does'),
  role_thinking: t('Thinks'),
  system_thinking: t('Plans'),
}
