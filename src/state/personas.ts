import { useQuery } from '@tanstack/react-query'
import type { Persona } from '#core/conversation/conversation.ts'
import { defaultPersonaId } from '#core/conversation/persona.ts'
import type { PersonaId } from '#core/ids.ts'
import { useServices } from './services.tsx'

/** Who the reader plays; null when they have not said, undefined while it is read. */
export function usePersona(id: PersonaId = defaultPersonaId): Persona | null | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['personas', id],
    queryFn: async () => (await storage.get('personas', id)) ?? null,
  }).data
}

export function useSavePersona(): (persona: Persona) => Promise<void> {
  const { storage } = useServices()
  return (persona) => storage.write([{ type: 'put', table: 'personas', row: persona }])
}
