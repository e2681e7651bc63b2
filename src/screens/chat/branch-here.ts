import type { Turn } from '#core/conversation/turn.ts'
import { t } from '#lib/translate.ts'
import type { Services } from '#state/services.tsx'
import { showToast } from '#ui/toasts.tsx'

/** Moves the end of what is read to a turn, and offers the way back. */
export async function branchHere({ chat, storyTree }: Services, turn: Turn): Promise<void> {
  chat.stop(turn.conversationId)
  const back = await storyTree.branchFrom(turn.conversationId, turn.id)
  document.querySelector<HTMLTextAreaElement>('textarea[data-composer]')?.focus()
  showToast(t('The next message begins a branch here. What followed is kept.'), {
    action: { label: t('Back'), run: () => void back() },
  })
}
