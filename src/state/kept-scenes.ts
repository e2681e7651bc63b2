import { useQuery } from '@tanstack/react-query'
import type { SceneId } from '#core/ids.ts'
import type { KeptScene } from '#core/scene-file/kept-scene.ts'
import { useServices } from './services.tsx'

export type { SceneStart } from '#engine/kept-scenes.ts'

/** The scenes of the library that are not deleted, latest first; undefined until they are read. */
export function useKeptScenes(): readonly KeptScene[] | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['scenes'],
    queryFn: () => storage.list('scenes'),
    select: latestFirst,
  }).data
}

function latestFirst(scenes: readonly KeptScene[]): readonly KeptScene[] {
  return scenes.filter((one) => one.deletedAt === undefined).sort((a, b) => b.updatedAt - a.updatedAt)
}

/** One scene, a deleted one too (chats that were begun from it still name it); null when there is none of that id. */
export function useKeptScene(id: SceneId | undefined): KeptScene | null | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['scenes', id],
    queryFn: async () => (id && (await storage.get('scenes', id))) ?? null,
    enabled: id !== undefined,
  }).data
}

/** The scenes that come with the app; undefined until they are read, null where they can't be had now. */
export function useBundledScenes(): readonly KeptScene[] | null | undefined {
  const { bundledScenes } = useServices()
  const { data, isError } = useQuery({ queryKey: ['bundled-scenes'], queryFn: bundledScenes })
  return isError ? null : data
}
