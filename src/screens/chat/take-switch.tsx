import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { Turn } from '#core/conversation/turn.ts'
import type { TurnId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { useHasTakeAhead } from '#state/use-run.ts'
import { Button } from '#ui/button.tsx'
import { openTurnDialog } from './turn-dialogs.tsx'

interface Props {
  readonly turn: Turn
  readonly take: number
  readonly takes: number
  readonly previousTake: TurnId | undefined
  readonly nextTake: TurnId | undefined
}

/**
 * Walks between the takes of a turn, from the last on to the one that was made ahead, and puts two of them side by side;
 * nothing where there is only one.
 */
export function TakeSwitch({ turn, take, takes, previousTake, nextTake }: Props) {
  const { chat } = useServices()
  const hasAhead = useHasTakeAhead(turn.id) && !nextTake
  // Not for one made ahead alone: it would push away the buttons a reader may be about to press.
  if (takes < 2) return null
  const select = (id: TurnId | undefined) => id && void chat.select(turn.conversationId, id)
  return (
    <div className="me-1 flex items-center text-faint text-xs tabular-nums">
      <Button
        look="quiet"
        className="px-1.5"
        aria-label={t('Previous take')}
        disabled={!previousTake}
        onClick={() => select(previousTake)}
      >
        <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
      </Button>
      <span>{t('{take} of {takes}', { take, takes })}</span>
      <Button
        look="quiet"
        className="px-1.5"
        aria-label={t('Next take')}
        disabled={!nextTake && !hasAhead}
        {...(hasAhead && { title: t('Another take, made ahead') })}
        onClick={() => (hasAhead ? void chat.again(turn.conversationId, turn.id) : select(nextTake))}
      >
        <ChevronRight aria-hidden className="size-4 rtl:-scale-x-100" />
      </Button>
      <Button look="quiet" className="px-1.5 text-xs" onClick={() => openTurnDialog('compare', turn.id)}>
        {t('Compare')}
      </Button>
    </div>
  )
}
