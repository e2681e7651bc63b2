import { useQuery } from '@tanstack/react-query'
import type { Character } from '#core/cards/character.ts'
import type { Conversation, Persona } from '#core/conversation/conversation.ts'
import { chosenPersonaSetting, defaultPersonaId } from '#core/conversation/persona.ts'
import type { PersonaId } from '#core/ids.ts'
import { personaForNewChat, readPersonas } from '#engine/read-cast.ts'
import { useServices } from './services.tsx'

/** Who the reader plays; null when they have not said, undefined while it is read. */
export function usePersona(id: PersonaId = defaultPersonaId): Persona | null | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['personas', id],
    queryFn: async () => (await storage.get('personas', id)) ?? null,
  }).data
}

/** The personas that are not deleted, in the order they were made; undefined while they are read. */
export function usePersonas(): readonly Persona[] | undefined {
  const { storage } = useServices()
  return useQuery({ queryKey: ['personas'], queryFn: () => storage.list('personas'), select: living }).data
}

function living(personas: readonly Persona[]): readonly Persona[] {
  return personas
    .filter(({ deletedAt }) => deletedAt === undefined)
    .sort((one, other) => (one.createdAt ?? 0) - (other.createdAt ?? 0))
}

/** Whom the reader plays in new chats, where the character has no persona of its own; undefined while it is read. */
export function useNewChatPersona(character?: Character): PersonaId | undefined {
  const { storage } = useServices()
  return useQuery({
    // Under the personas, with which it changes; the setting is looked at below.
    queryKey: ['personas', 'for new chats', useSetting(chosenPersonaSetting), character?.id, character?.personaId],
    queryFn: async () => (await personaForNewChat(storage, character)) ?? defaultPersonaId,
  }).data
}

function useSetting(name: string): string | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['settings', name],
    queryFn: async () => (await storage.get('settings', name))?.value ?? '',
  }).data
}

/** Whom the reader played earlier in a chat; undefined while they are read. */
export function useFormerPersonas(conversation: Conversation | null | undefined): readonly Persona[] | undefined {
  const { storage } = useServices()
  const ids = conversation?.formerPersonaIds
  const { data } = useQuery({
    queryKey: ['personas', 'former', ids],
    queryFn: async () => (await readPersonas(storage, conversation ?? {})).former,
    enabled: ids !== undefined,
  })
  return ids === undefined ? nobody : data
}

const nobody: readonly Persona[] = []
