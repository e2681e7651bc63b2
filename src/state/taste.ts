import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { ConversationId, JobId } from '#core/ids.ts'
import type { ModelError } from '#core/model-error.ts'
import type { Preference } from '#core/taste/preference.ts'
import type { Principle } from '#core/taste/principle.ts'
import { type ChatPairs, findChatPairs } from '#engine/taste/chat-pairs.ts'
import { catalogueOf, catalogueSetting, type Taste } from '#engine/taste/taste.ts'
import { useLab } from './lab.ts'
import { useServices } from './services.tsx'

export type { MatchRecord } from '#engine/taste/best-of.ts'
export type { ChatPairs } from '#engine/taste/chat-pairs.ts'
export type { ExportReport } from '#engine/taste/export-preferences.ts'
export { isSettledKey } from '#engine/taste/judge-pairs.ts'
export { bestKey, type Taste } from '#engine/taste/taste.ts'
export type { BestOfPlan, TastePlan } from '#engine/taste/taste-plan.ts'

/** What takes are compared with, once its code is here. */
export function useTaste(): Taste | undefined {
  return useLab()?.taste
}

/** What was preferred so far, by the reader and by judges; undefined until it is read. */
export function usePreferences(): readonly Preference[] | undefined {
  const { storage } = useServices()
  return useQuery({ queryKey: ['preferences'], queryFn: () => storage.list('preferences'), select: living }).data
}

function living(preferences: readonly Preference[]): readonly Preference[] {
  return preferences.filter(({ deletedAt }) => deletedAt === undefined)
}

/** The reader's own principles; undefined until they are read. */
export function usePrinciples(): readonly Principle[] | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['settings', catalogueSetting],
    queryFn: async () => catalogueOf((await storage.get('settings', catalogueSetting))?.value),
  }).data
}

/** One chat with its pairs; null when it is gone, undefined until it is read. It is read again when the chat changes. */
export function useChatPairs(id: ConversationId): ChatPairs | null | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['conversations', id, 'pairs'],
    queryFn: async () => (await findChatPairs(storage, id)) ?? null,
    structuralSharing: false,
  }).data
}

/** Every chat in which there is something to compare, as far as they are read. */
export function useChatsWithPairs(taste: Taste | undefined): {
  readonly chats: readonly ChatPairs[]
  readonly isReading: boolean
} {
  const [found, setFound] = useState<{ chats: readonly ChatPairs[]; isReading: boolean }>({
    chats: [],
    isReading: true,
  })
  useEffect(() => {
    if (!taste) return
    let isLeft = false
    const read = async () => {
      const chats: ChatPairs[] = []
      for await (const chat of taste.chats()) {
        if (isLeft) return
        chats.push(chat)
        // The first can be compared while the others are read.
        if (chats.length === 1) setFound({ chats: [...chats], isReading: true })
      }
      if (!isLeft) setFound({ chats, isReading: false })
    }
    void read()
    return () => {
      isLeft = true
    }
  }, [taste])
  return found
}

/** Jobs that could not go on, and why. For as long as the page is open: the next try says it again. */
const useFailures = create<Readonly<Record<JobId, ModelError>>>(() => ({}))

/** What is in the way of a job; nothing while it runs. */
export function useTasteFailure(id: JobId): ModelError | undefined {
  return useFailures((failures) => failures[id])
}

/** Does a job, or goes on with it. What is in the way is told by `useTasteFailure`. */
export async function runTaste(taste: Taste, id: JobId): Promise<void> {
  useFailures.setState(({ [id]: _before, ...others }) => others, true)
  const outcome = await taste.run(id)
  if (typeof outcome !== 'string') useFailures.setState({ [id]: outcome })
}
