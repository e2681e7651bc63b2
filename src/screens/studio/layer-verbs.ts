import type { Layer } from '#core/her/segment.ts'

/** What the layers are called where they are written. */
export const layerVerbs: Readonly<Record<Layer, string>> = {
  speech: 'Says',
  role_action: 'Does',
  role_thinking: 'Thinks',
  system_thinking: 'Plans',
}
