import type { Turn } from '#core/conversation/turn.ts'
import type { Services } from '#state/services.tsx'
import { showToast } from '#ui/toasts.tsx'

/** Deletes a turn and offers to bring it back. */
export async function removeTurn(chat: Services['chat'], turn: Turn): Promise<void> {
  const undo = await chat.remove(turn.conversationId, turn.id)
  showToast('Turn deleted.', { action: { label: 'Undo', run: () => void undo() } })
}
