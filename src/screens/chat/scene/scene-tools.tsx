import { CloudSun, Play } from 'lucide-react'
import { useState } from 'react'
import type { Conversation } from '#core/conversation/conversation.ts'
import { t } from '#lib/translate.ts'
import { useScenes } from '#state/scenes.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { rich } from '#ui/rich.ts'
import { RunDialog } from './run-dialog.tsx'
import { toldWhenItFails } from './told-when-it-fails.ts'

interface Props {
  readonly conversation: Conversation
  readonly isBusy: boolean
}

/** What a scene does by itself: the environment tells something, or the others play on among themselves. */
export function SceneTools({ conversation, isBusy }: Props) {
  const { chat } = useServices()
  const { scenes, left } = useScenes(conversation.id)
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="ms-auto flex shrink-0 items-center">
      {left > 0 && (
        <Button className="px-3" onClick={() => scenes?.stop(conversation.id)}>
          {rich('Stop <span>· {left, number} to go</span>', {
            left,
            span: (words) => <span className="text-faint">{words}</span>,
          })}
        </Button>
      )}
      <Button
        look="quiet"
        disabled={isBusy}
        title={t('The environment tells what happens around everyone')}
        onClick={() => void toldWhenItFails(chat.ask(conversation.id, { kind: 'environment' }))}
      >
        <CloudSun aria-hidden className="size-4" /> <span className="max-sm:sr-only">{t('Narrate')}</span>
      </Button>
      <Button look="quiet" disabled={isBusy || !scenes} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Play aria-hidden className="size-4" /> <span className="max-sm:sr-only">{t('Let it run')}</span>
      </Button>
      {isOpen && <RunDialog conversation={conversation} onClose={() => setOpen(false)} />}
    </div>
  )
}
