import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId } from '#core/ids.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import { environmentReader } from '#core/scene/hearing.ts'
import { presentAfter } from '#core/scene/presence.ts'
import { type KnownMemory, recallMemory, recallShared } from '#core/scene/remembering.ts'
import type { StoryMemory } from '#core/story/story-memory.ts'
import type { SummaryWork } from '#engine/background.ts'
import { useServices } from './services.tsx'

export type { SummaryEnd } from '#engine/memories.ts'

/** Every version of a chat's summaries; undefined while it is read, and while there is none. */
export function useStoryMemory(conversationId: ConversationId): StoryMemory | undefined {
  const { storage } = useServices()
  return (
    useQuery({
      queryKey: ['memories', conversationId],
      queryFn: async () => (await storage.get('memories', conversationId)) ?? null,
    }).data ?? undefined
  )
}

/**
 * The summary that stands for the oldest turns of the path that is read.
 * @param whose a character's, or what all who are there share (`environmentReader`).
 */
export function useKnownMemory(
  conversation: Conversation,
  path: readonly Turn[],
  whose = conversation.characterId,
): KnownMemory | undefined {
  const memory = useStoryMemory(conversation.id)
  return useMemo(
    () =>
      whose === environmentReader
        ? recallShared(memory, path, presentAfter(path, castIdsOf(conversation)))
        : recallMemory(memory, path, whose),
    [memory, conversation, path, whose],
  )
}

/** The summary that is being made in a chat, or why the last one was not. */
export function useSummaryWork(conversationId: ConversationId): SummaryWork | undefined {
  const { background } = useServices()
  return useStore(background, ({ summaries }) => summaries.get(conversationId))
}
