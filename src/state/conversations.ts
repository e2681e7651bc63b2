import { type QueryClient, usePrefetchQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { Conversation } from '#core/conversation/conversation.ts'
import { createTree, pathTo, type Tree } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId } from '#core/ids.ts'
import type { StoragePort } from '#ports/storage.ts'
import { useServices } from './services.tsx'
import { loadTurns, turnsKey } from './turns-cache.ts'

/** The chats that are not deleted, latest first. */
export function useConversations(): readonly Conversation[] | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['conversations'],
    queryFn: () => storage.list('conversations'),
    select: latestFirst,
  }).data
}

function latestFirst(conversations: readonly Conversation[]): readonly Conversation[] {
  return conversations.filter((one) => one.deletedAt === undefined).sort((a, b) => b.updatedAt - a.updatedAt)
}

/** One chat; null when there is none of that id, undefined while it is read. */
export function useConversation(id: ConversationId): Conversation | null | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['conversations', id],
    queryFn: async () => (await storage.get('conversations', id)) ?? null,
  }).data
}

export interface Transcript {
  readonly tree: Tree
  /** What is read, from the first turn to the head. */
  readonly path: readonly Turn[]
  /** Older turns are still being read. */
  readonly isLoading: boolean
}

/** Begins to read the turns of a chat while nothing else of it is known yet. */
export function useTurnsAhead(id: ConversationId): void {
  const { storage } = useServices()
  usePrefetchQuery(turnsQuery(storage, useQueryClient(), id))
}

function turnsQuery(storage: StoragePort, queryClient: QueryClient, id: ConversationId) {
  return { queryKey: turnsKey(id), queryFn: () => loadTurns(storage, queryClient, id), structuralSharing: false }
}

/** The turns of a chat as they are read; undefined until the newest are there. */
export function useTranscript(conversation: Conversation): Transcript | undefined {
  const { storage, chat } = useServices()
  const queryClient = useQueryClient()
  const { data } = useQuery(turnsQuery(storage, queryClient, conversation.id))
  const hasDraft = data?.turns.some((turn) => turn.ending === 'draft') ?? false
  useEffect(() => {
    if (!hasDraft) return
    // A draft another tab writes is alive while that tab is; ask now and then until it ends.
    void chat.recover(conversation.id)
    const timer = setInterval(() => void chat.recover(conversation.id), 2000)
    return () => clearInterval(timer)
  }, [chat, conversation.id, hasDraft])

  const tree = useMemo(() => data && createTree(data.turns), [data])
  return useMemo(
    () => tree && { tree, path: pathTo(tree, conversation.headId), isLoading: data?.complete === false },
    [tree, conversation.headId, data?.complete],
  )
}
