import { CloudSun, Play } from 'lucide-react'
import { useState } from 'react'
import type { Conversation } from '#core/conversation/conversation.ts'
import { useScenes } from '#state/scenes.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Menu, MenuItem } from '#ui/menu.tsx'
import { showToast } from '#ui/toasts.tsx'
import { toldWhenItFails } from './told-when-it-fails.ts'

interface Props {
  readonly conversation: Conversation
  readonly isBusy: boolean
}

const told: Readonly<Record<string, string>> = {
  over: 'The scene has come to its end.',
  nobody: 'Nobody is there to go on.',
}

/** What a scene does by itself: the environment tells something, or the others play on among themselves. */
export function SceneTools({ conversation, isBusy }: Props) {
  const { chat } = useServices()
  const { scenes, left } = useScenes(conversation.id)
  const [isWanted, setWanted] = useState(false)

  async function letItRun(turns: number, choosing: 'mention' | 'model') {
    const until = await scenes?.letItRun(conversation.id, turns, choosing)
    const words = until && told[until]
    if (words) showToast(words)
  }

  const run = (turns: number, choosing: 'mention' | 'model') => void toldWhenItFails(letItRun(turns, choosing))
  const button = (
    <Button look="quiet" disabled={isBusy || !scenes} aria-haspopup="menu" onClick={() => setWanted(true)}>
      <Play aria-hidden className="size-4" /> <span className="max-sm:sr-only">Let it run</span>
    </Button>
  )
  return (
    <div className="ml-auto flex shrink-0 items-center">
      {left > 0 && (
        <Button className="px-3" onClick={() => scenes?.stop(conversation.id)}>
          Stop <span className="text-faint">· {left} to go</span>
        </Button>
      )}
      <Button
        look="quiet"
        disabled={isBusy}
        title="The environment tells what happens around everyone"
        onClick={() => void toldWhenItFails(chat.ask(conversation.id, { kind: 'environment' }))}
      >
        <CloudSun aria-hidden className="size-4" /> <span className="max-sm:sr-only">Narrate</span>
      </Button>
      {isWanted ? (
        <Menu trigger={button}>
          <MenuItem onSelect={() => run(3, 'mention')}>Three turns, in turn</MenuItem>
          <MenuItem onSelect={() => run(6, 'mention')}>Six turns, in turn</MenuItem>
          <MenuItem onSelect={() => run(6, 'model')}>Six turns, the model chooses who</MenuItem>
          <MenuItem onSelect={() => run(12, 'model')}>Twelve turns, the model chooses who</MenuItem>
        </Menu>
      ) : (
        button
      )}
    </div>
  )
}
