import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { PromptSeal } from '#core/prompt/prompt-seal.ts'
import type { Preview, Weight } from '#engine/previews.ts'
import { sealOf } from '#engine/send-sealed.ts'
import type { RequestDescription } from '#ports/model.ts'
import { useActiveConnection, useConnections } from './connections.ts'
import { useConversation } from './conversations.ts'
import { useLayout } from './layout.ts'
import { useStoryMemory } from './memory.ts'
import { useSceneChoice } from './scene-choices.ts'
import { useServices } from './services.tsx'
import { useIsRunning } from './use-run.ts'

export type { Preview, Weight } from '#engine/previews.ts'

/** A request that would be made, and how it goes over the wire. */
export interface DescribedPreview {
  readonly preview: Preview
  /** The request looked through once more, as it would be before it leaves. */
  readonly seal: PromptSeal
  readonly description: RequestDescription
}

/** A chat is weighed anew this long after it changed, when the page has nothing else to do. */
const weighAfterMs = 250
/** A server is asked to count this long after the last change, so that typing does not ask for every key. */
const countAfterMs = 500

/** The next request of a chat, with what stands in the composer as the reader's turn; undefined until it is made. */
export function useNextPreview(conversation: Conversation): DescribedPreview | undefined {
  const draft = useLayout((layout) => layout.draftsByConversation[conversation.id] ?? '')
  const memory = useStoryMemory(conversation.id)
  const sending = useSceneChoice(conversation.id)
  return usePreview(conversation, ['next', draft, sending, memory], (previews) =>
    previews.next(conversation.id, draft, sending),
  )
}

/** The request for a turn in its place. */
export function useTurnPreview(turn: Turn): DescribedPreview | undefined {
  const conversation = useConversation(turn.conversationId)
  return usePreview(conversation ?? undefined, ['of', turn.id], (previews) => previews.of(turn.conversationId, turn.id))
}

function usePreview(
  conversation: Conversation | undefined,
  about: readonly unknown[],
  make: (previews: ReturnType<typeof useServices>['chat']['previews']) => Promise<Preview>,
): DescribedPreview | undefined {
  const { previews } = useServices().chat
  const connection = useActiveConnection()
  const connections = useConnections()
  return useQuery({
    queryKey: ['preview', ...about, conversation, connection, connections],
    queryFn: async () => {
      const preview = await make(previews)
      const [seal, description] = await Promise.all([sealOf(preview.prepared), previews.describe(preview)])
      return { preview, seal, description }
    },
    enabled: conversation !== undefined && connection !== undefined,
    placeholderData: keepPreviousData,
    // Made of much that has no part in the key (cards, turns): never taken from an earlier look.
    staleTime: 0,
    gcTime: 0,
    structuralSharing: false,
  }).data
}

/** What the server itself counts for a request; `counting` until it has answered, `none` where it does not count. */
export function useServerCount(preview: Preview | undefined): number | 'counting' | 'none' {
  const { previews } = useServices().chat
  const [counted, setCounted] = useState<{ readonly preview: Preview; readonly tokens: number | 'none' }>()
  useEffect(() => {
    if (!preview) return
    const aborter = new AbortController()
    const timer = setTimeout(async () => {
      const tokens = await previews.count(preview, aborter.signal)
      if (!aborter.signal.aborted) setCounted({ preview, tokens: tokens ?? 'none' })
    }, countAfterMs)
    return () => {
      clearTimeout(timer)
      aborter.abort()
    }
  }, [previews, preview])
  return counted && counted.preview === preview ? counted.tokens : 'counting'
}

/** What the next request would take of the model's window. Looked at while nothing is being written. */
export function useWeight(conversation: Conversation, isReady: boolean): Weight | undefined {
  const { previews } = useServices().chat
  const connection = useActiveConnection()
  const connections = useConnections()
  const sending = useSceneChoice(conversation.id)
  const isRunning = useIsRunning(conversation.id)
  const draft = useLayout((layout) => layout.draftsByConversation[conversation.id] ?? '')
  const memory = useStoryMemory(conversation.id)
  const [weight, setWeight] = useState<Weight>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a memory and a model that change change what is weighed
  useEffect(() => {
    if (!connection || !isReady || isRunning) return
    let isCurrent = true
    const timer = setTimeout(async () => {
      await idle()
      if (!isCurrent) return
      const next = await previews.weigh(conversation.id, draft, sending)
      if (isCurrent) setWeight(next)
    }, weighAfterMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [previews, conversation, connection, connections, sending, memory, draft, isReady, isRunning])
  return weight
}

/** Safari does not tell when it is idle. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 2000 })
    else setTimeout(resolve, 100)
  })
}
