import type { Turn } from '#core/conversation/turn.ts'
import { t } from '#lib/translate.ts'
import { rememberDeletion } from '#state/deletions.ts'
import type { Services } from '#state/services.tsx'
import { showToast } from '#ui/toasts.tsx'

/** Deletes a turn, and with it what followed, and offers to bring it back. */
export async function removeTurn(chat: Services['chat'], turn: Turn): Promise<void> {
  const undo = rememberDeletion(await chat.remove(turn.conversationId, turn.id))
  showToast(t('Turn deleted. It waits in the bin.'), { action: { label: t('Undo'), run: () => void undo() } })
}
