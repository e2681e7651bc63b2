import { useMemo } from 'react'
import { t } from '#lib/translate.ts'
import { type Command, useCommands } from '#state/commands.ts'
import { openChatDialog } from '../chat-dialogs.tsx'

const none: readonly Command[] = []

/** What can be done with the scene a chat is, by name. */
export function useSceneFileCommands(isScene: boolean): void {
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'about-scene',
        title: t('About the scene'),
        group: 'Chat',
        words: t('place, secret, book, reference, scenario'),
        run: () => openChatDialog('aboutScene'),
      },
      {
        id: 'share-scene',
        title: t('Share the scene'),
        group: 'Chat',
        words: t('export, save, cast, file'),
        run: () => openChatDialog('shareScene'),
      },
    ],
    [],
  )
  useCommands(isScene ? commands : none)
}
