import type { Layers, LayersChoice } from './layers.ts'

/** The version of the layout that is kept. DO NOT change what a step does once it has landed: pages were left with it. */
export const layoutVersion = 2

/** Brings a kept layout of an older version to this one; what no step names stays as it is. */
export function migrateLayout(kept: unknown, version: number): unknown {
  if (version >= layoutVersion || typeof kept !== 'object' || kept === null) return kept
  // 1 → 2: one choice for all became a choice for each character.
  const { layers = 'words', ...rest } = kept as { readonly layers?: Layers }
  const choice: LayersChoice = { defaultLayers: layers, layersByCharacter: {}, openedChats: {} }
  return { ...rest, ...choice }
}
