import { useMemo } from 'react'
import { useLocation } from 'wouter'
import { takesOf } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { arrows, t } from '#lib/translate.ts'
import { type Command, useCommands } from '#state/commands.ts'
import type { Transcript } from '#state/conversations.ts'
import { useServices } from '#state/services.tsx'
import { useIsRunning } from '#state/use-run.ts'
import { openChatDialog } from './chat-dialogs.tsx'
import { removeTurn } from './remove-turn.ts'
import { openTurnDialog } from './turn-dialogs.tsx'

/** What can be done by key and by name in a chat. Commands about a turn mean the one that has the focus, else the last. */
export function useChatCommands({ path, tree }: Transcript): void {
  const { chat, background } = useServices()
  const last = path.at(-1)
  const [, navigate] = useLocation()
  const isRunning = useIsRunning(last?.conversationId)
  const commands = useMemo(() => {
    if (!last) return []
    const { conversationId } = last
    const meant = (): Turn => focusedTurn(path) ?? last
    const walk = (steps: number) => {
      const takes = takesOf(tree, meant())
      const take = takes[takes.findIndex((one) => one.id === meant().id) + steps]
      if (take) void chat.select(conversationId, take.id)
      else if (steps > 0 && background.getState().takeAhead?.turnId === meant().id) {
        void chat.again(conversationId, meant().id)
      }
    }
    const ofReply: readonly Command[] = [
      { id: 'again', title: t('Again'), keys: 'Alt+r', run: () => void chat.again(conversationId, meant().id) },
      { id: 'edit', title: t('Edit'), keys: 'Alt+e', run: () => openTurnDialog('edit', meant().id) },
      { id: 'steer', title: t('Steer the thought'), keys: 'Alt+t', run: () => openTurnDialog('steer', meant().id) },
      { id: 'previous-take', title: t('Previous take'), keys: `Alt+${arrows.back}`, run: () => walk(-1) },
      { id: 'next-take', title: t('Next take'), keys: `Alt+${arrows.forth}`, run: () => walk(1) },
      {
        id: 'delete-turn',
        title: t('Delete the turn'),
        keys: 'Alt+Backspace',
        run: () => void removeTurn(chat, meant()),
      },
    ].map((command) => ({ ...command, group: 'Reply' as const }))
    const stop: Command = {
      id: 'stop',
      title: t('Stop the reply'),
      group: 'Reply',
      keys: 'Alt+s',
      run: () => chat.stop(conversationId),
    }
    const write: Command = {
      id: 'write',
      title: t('Write a message'),
      group: 'Chat',
      keys: 'm',
      run: () => document.querySelector<HTMLTextAreaElement>('textarea[data-composer]')?.focus(),
    }
    const details: Command = {
      id: 'details',
      title: t('Name and details'),
      group: 'Chat',
      words: t('rename, title'),
      run: () => openChatDialog('details'),
    }
    const exportChat: Command = {
      id: 'export',
      title: t('Export'),
      group: 'Chat',
      keys: 'Alt+x',
      words: t('save, download, print, Markdown, SillyTavern, book'),
      run: () => openChatDialog('export'),
    }
    const train: Command = {
      id: 'train',
      title: t('Export for training…'),
      group: 'Chat',
      words: t('data, HER, rows, SFT, dataset'),
      run: () => navigate(`/lab/data?chat=${conversationId}`),
    }
    return [...(isRunning ? [stop] : ofReply), write, details, exportChat, train]
  }, [chat, background, path, tree, last, isRunning, navigate])
  useCommands(commands)
}

/** The turn the focus is in, when it is in one. */
export function focusedTurn(path: readonly Turn[]): Turn | undefined {
  const id = document.activeElement?.closest('article')?.dataset['turn']
  return path.find((turn) => turn.id === id)
}
