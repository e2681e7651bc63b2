import type { Scene } from '#adapters/demo/scene.ts'

const files = import.meta.glob<Scene>('/characters/*/scene.json', { import: 'default', eager: true })

/** Every bundled scene by its folder. */
export const scenes: Readonly<Record<string, Scene | undefined>> = Object.fromEntries(
  Object.entries(files).map(([path, scene]) => [path.split('/').at(-2), scene]),
)

/** Every reply of a scene. */
export function repliesOf(scene: Scene | undefined): readonly string[] {
  if (!scene) return []
  const banks = Object.values(scene.replies).flat()
  return [scene.first, ...scene.retakes, ...scene.beats, ...banks, ...scene.honesty]
}
