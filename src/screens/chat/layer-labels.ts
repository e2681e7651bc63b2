import type { Layer } from '#core/her/segment.ts'

/** What the layers are called on screen. */
export const layerLabels: Readonly<Record<Layer, string>> = {
  system_thinking: 'Planning',
  role_thinking: 'Inner thought',
  role_action: 'Action',
  speech: 'Speech',
}
