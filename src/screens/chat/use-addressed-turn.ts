import { useEffect } from 'react'
import { useLocation } from 'wouter'
import type { ConversationId, TurnId } from '#core/ids.ts'
import type { Transcript } from '#state/conversations.ts'
import { useServices } from '#state/services.tsx'
import { showTurn } from './wanted-turn.ts'

/**
 * Goes to the turn that the address names (`/chat/<id>#<turn>`), on whatever branch it is, and then takes it out of the
 * address: the chat goes on from there.
 */
export function useAddressedTurn(conversationId: ConversationId, { tree, path, isLoading }: Transcript): void {
  const { chat } = useServices()
  const [, navigate] = useLocation()
  useEffect(() => {
    const turnId = window.location.hash.slice(1) as TurnId
    if (turnId === '') return
    const turn = tree.turnsById.get(turnId)
    const isOnPath = path.some((one) => one.id === turnId)
    // Older turns come in by the page: it may be among them, and its branch is known when all are here.
    if (!isOnPath && isLoading) return
    navigate(`/chat/${conversationId}`, { replace: true })
    if (!turn || turn.deletedAt !== undefined) return
    if (!isOnPath) void chat.select(conversationId, turnId)
    showTurn(turnId)
  }, [chat, conversationId, tree, path, isLoading, navigate])
}
