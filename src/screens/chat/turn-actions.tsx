import { Ellipsis } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { Turn } from '#core/conversation/turn.ts'
import type { Reply } from '#core/her/segment.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { removeTurn } from './remove-turn.ts'
import { openTurnDialog } from './turn-dialogs.tsx'

const TurnMenu = lazyPart(() => import('./turn-menu.tsx').then((module) => ({ default: module.TurnMenu })))

interface Props {
  readonly turn: Turn
  readonly reply: Reply
  readonly isLast: boolean
}

/** What can be done with a turn. The newest shows it; for older ones it comes with the pointer or the focus. */
export function TurnActions({ turn, reply, isLast }: Props) {
  const { chat } = useServices()
  const isReply = turn.speaker.kind === 'character'

  return (
    <div
      className={classNames(
        '-ms-2.5 flex items-center transition-opacity',
        !isLast &&
          'opacity-0 focus-within:opacity-100 group-hover/turn:opacity-100 has-data-[state=open]:opacity-100 [@media(hover:none)]:opacity-100',
      )}
    >
      {isReply && turn.parentId !== null && (
        <Button look="quiet" onClick={() => void chat.again(turn.conversationId, turn.id)}>
          {t('Again')}
        </Button>
      )}
      {turn.speaker.kind === 'user' && isLast && (
        <Button look="quiet" onClick={() => void chat.again(turn.conversationId, turn.id)}>
          {t('Ask for a reply')}
        </Button>
      )}
      <Button look="quiet" onClick={() => openTurnDialog('edit', turn.id)}>
        {t('Edit')}
      </Button>
      {isReply && turn.parentId !== null && (
        <Button look="quiet" disabled={reply.segments.length === 0} onClick={() => openTurnDialog('steer', turn.id)}>
          {t('Steer the thought')}
        </Button>
      )}
      <MoreButton {...{ turn, reply }} onRemove={() => void removeTurn(chat, turn)} />
    </div>
  )
}

/** The button of the menu. The menu's code comes when the button is first used; until then it is a button alone. */
function MoreButton(props: { readonly turn: Turn; readonly reply: Reply; readonly onRemove: () => void }) {
  const [isWanted, setWanted] = useState(false)
  const button = (
    <Button look="quiet" aria-label={t('More')} aria-haspopup="menu" onClick={() => setWanted(true)}>
      <Ellipsis aria-hidden className="size-4" />
    </Button>
  )
  if (!isWanted) return button
  return (
    <Suspense fallback={button}>
      <TurnMenu {...props} trigger={button} />
    </Suspense>
  )
}
