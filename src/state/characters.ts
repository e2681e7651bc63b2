import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Character } from '#core/cards/character.ts'
import type { CharacterId, FileId } from '#core/ids.ts'
import { useServices } from './services.tsx'

/** The characters that are not deleted, by name of insertion: the newest imports first, then the bundled ones. */
export function useCharacters(): readonly Character[] | undefined {
  const { storage } = useServices()
  return useQuery({ queryKey: ['characters'], queryFn: () => storage.list('characters'), select: importsFirst }).data
}

function importsFirst(characters: readonly Character[]): readonly Character[] {
  const living = characters.filter((one) => one.deletedAt === undefined)
  const rank = (one: Character) => (one.origin === 'bundled' ? 0 : one.createdAt)
  return living.sort((a, b) => rank(b) - rank(a))
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

/** An address for a stored picture, valid while the component is mounted; undefined while there is none. */
export function useFileUrl(id: FileId | undefined): string | undefined {
  const { storage } = useServices()
  const { data: blob } = useQuery({
    queryKey: ['files', id],
    queryFn: async () => (id && (await storage.get('files', id)))?.blob ?? null,
    enabled: id !== undefined,
    structuralSharing: false,
  })
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!blob) return
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  return url
}
