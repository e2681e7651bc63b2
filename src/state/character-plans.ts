import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Planned } from '#core/cards/xray/xray-card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import { defaultPersonaId } from '#core/conversation/persona.ts'
import { readTurn } from '#core/conversation/read-turn.ts'
import { withoutSealed } from '#core/conversation/seals.ts'
import type { CharacterId } from '#core/ids.ts'
import { castOf } from '#core/scene/cast-of.ts'
import type { StoragePort } from '#ports/storage.ts'
import { useConversations } from './conversations.ts'
import { useServices } from './services.tsx'
import { readAllTurns } from './turns-cache.ts'

/** Turns read before the page may do something else: less than a long task. */
const turnsAtOnce = 100

/** The chats with a character, latest first; undefined while they are read. */
export function useChatsWith(characterId: CharacterId): readonly Conversation[] | undefined {
  const conversations = useConversations()
  return useMemo(() => conversations?.filter((one) => one.characterId === characterId), [conversations, characterId])
}

/** What a character planned and thought in some of its chats, but for what is sealed; undefined while it is read. */
export function useCharacterPlans(chats: readonly Conversation[] | undefined): readonly Planned[] | undefined {
  const { storage } = useServices()
  const queryClient = useQueryClient()
  return useQuery({
    queryKey: ['plans', chats?.map(({ id, updatedAt }) => [id, updatedAt])],
    queryFn: async () => {
      const plans: Planned[] = []
      for (const chat of chats ?? [])
        for await (const planned of readPlans(storage, queryClient, chat)) plans.push(planned)
      return plans
    },
    enabled: chats !== undefined,
    staleTime: 0,
    gcTime: 0,
    structuralSharing: false,
  }).data
}

async function* readPlans(
  storage: StoragePort,
  queryClient: QueryClient,
  { id, characterId, personaId, seals }: Conversation,
): AsyncGenerator<Planned> {
  const [turns, character, persona] = await Promise.all([
    readAllTurns(storage, queryClient, id),
    storage.get('characters', characterId),
    storage.get('personas', personaId ?? defaultPersonaId),
  ])
  if (!character) return
  const cast = castOf([character], persona)
  for (const [index, turn] of turns.entries()) {
    if (index % turnsAtOnce === turnsAtOnce - 1) await new Promise((resolve) => setTimeout(resolve, 0))
    const { speaker, deletedAt, template } = turn
    if (speaker.kind !== 'character' || speaker.characterId !== characterId || deletedAt !== undefined || template)
      continue
    for (const { layer, text } of withoutSealed(seals, turn.id, readTurn(turn, cast).segments)) {
      if (text !== '' && (layer === 'system_thinking' || layer === 'role_thinking'))
        yield { turnId: turn.id, layer, text }
    }
  }
}
