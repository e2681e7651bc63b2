import { Ellipsis } from 'lucide-react'
import { Suspense, useState } from 'react'
import { t } from '#lib/translate.ts'
import { useOfferedCommands } from '#state/commands.ts'
import { Button } from '#ui/button.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'

const ChatMenuItems = lazyPart(() =>
  import('./chat-menu-items.tsx').then((module) => ({ default: module.ChatMenuItems })),
)

/** What can be done with the whole chat, under one button. Its code comes when it is first used. */
export function ChatMenu() {
  const [isWanted, setWanted] = useState(false)
  const commands = useOfferedCommands().filter(({ group }) => group === 'Chat')
  const button = (
    <Button look="quiet" aria-label={t('Chat menu')} aria-haspopup="menu" onClick={() => setWanted(true)}>
      <Ellipsis aria-hidden className="size-5" />
    </Button>
  )
  if (!isWanted) return button
  return (
    <Suspense fallback={button}>
      <ChatMenuItems commands={commands} trigger={button} />
    </Suspense>
  )
}
