import { useQueries, useQuery } from '@tanstack/react-query'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { Character } from '#core/cards/character.ts'
import type { CharacterId, FileId } from '#core/ids.ts'
import { useBlobUrl } from './blob-url.ts'
import { catalogueKey } from './catalogue-cache.ts'
import { useServices } from './services.tsx'

/** What lists show of the characters that are not deleted; undefined until it is read. In the order they came. */
export function useCatalogue(): readonly CatalogueEntry[] | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: catalogueKey,
    queryFn: async () => (await import('#engine/read-catalogue.ts')).readCatalogue(storage),
    select: living,
    structuralSharing: false,
  }).data
}

function living(entries: readonly CatalogueEntry[]): readonly CatalogueEntry[] {
  return entries.filter((one) => one.deletedAt === undefined)
}

/** One character, also a deleted one (its chats still show it); null when there is none of that id. */
export function useCharacter(id: CharacterId | undefined): Character | null | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['characters', id],
    queryFn: async () => (id && (await storage.get('characters', id))) ?? null,
    enabled: id !== undefined,
  }).data
}

/** Those of a scene, in its order, deleted ones too; not read for a chat without a cast. */
export function useCharactersOf(cast: readonly CharacterId[] | undefined): readonly Character[] | undefined {
  const { storage } = useServices()
  return useQueries({
    queries: (cast ?? nobody).map((id) => ({
      queryKey: ['characters', id],
      queryFn: async () => (await storage.get('characters', id)) ?? null,
    })),
    combine: whenAllAreRead,
  })
}

const nobody: readonly CharacterId[] = []

function whenAllAreRead(read: readonly { readonly data: Character | null | undefined }[]): Character[] | undefined {
  if (read.some(({ data }) => data === undefined)) return undefined
  return read.flatMap(({ data }) => data ?? [])
}

/** An address for a stored picture, valid while the component is mounted; undefined while there is none. */
export function useFileUrl(id: FileId | undefined, keepMs?: number): string | undefined {
  const { storage } = useServices()
  const { data: blob } = useQuery({
    queryKey: ['files', id],
    queryFn: async () => (id && (await storage.get('files', id)))?.blob ?? null,
    enabled: id !== undefined,
    structuralSharing: false,
    ...(keepMs !== undefined && { gcTime: keepMs }),
  })
  return useBlobUrl(blob)
}
