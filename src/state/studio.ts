import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import type { CardFile } from '#core/cards/card-file.ts'
import type { CardHistory } from '#core/cards/card-history.ts'
import type { Character } from '#core/cards/character.ts'
import type { CharacterId, FileId } from '#core/ids.ts'
import type { PreparedReply } from '#engine/prepared-reply.ts'
import type { Studio } from '#engine/studio.ts'
import { useServices } from './services.tsx'

/** The verbs of the studio that don't belong to a form. Its code comes when one is called. */
export function useStudio(): () => Promise<Studio> {
  return useServices().studio
}

/** Reads a stored file. */
export function useReadFile(): (id: FileId) => Promise<Blob | undefined> {
  const { storage } = useServices()
  return async (id) => (await storage.get('files', id))?.blob
}

/** What a card was before; null when nothing was kept of it yet. */
export function useCardHistory(characterId: CharacterId): CardHistory | null | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['cardHistories', characterId],
    queryFn: async () => (await storage.get('cardHistories', characterId)) ?? null,
    structuralSharing: false,
  }).data
}

/** Every file that goes with a card; undefined until they are read. */
export function useCardFiles(character: Character): readonly CardFile[] | undefined {
  const { studio } = useServices()
  const { originalId, files } = character
  const { data } = useQuery({
    queryKey: ['cardFiles', originalId, files?.length ?? 0, character.id],
    queryFn: async () => (await studio()).files(character),
    gcTime: 0,
    structuralSharing: false,
  })
  return data
}

/** The first request of a new chat with the card as it stands; made when the page has time, undefined until then. */
export function useNewChatPrompt(
  character: Character,
  document: CardDocument,
  greeting: string | undefined,
  words: string,
): PreparedReply | undefined {
  const { studio } = useServices()
  const asked = useDeferredValue(
    useMemo(() => ({ character, document, greeting, words }), [character, document, greeting, words]),
  )
  const [prepared, setPrepared] = useState<PreparedReply>()
  useEffect(() => {
    let isCurrent = true
    const make = async () => {
      const row = { ...asked.character, document: asked.document }
      const made = await (await studio()).previewNewChat(row, asked.greeting, asked.words)
      if (isCurrent) setPrepared(made)
    }
    void make()
    return () => {
      isCurrent = false
    }
  }, [studio, asked])
  return prepared
}
