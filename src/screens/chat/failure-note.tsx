import { useEffect, useState } from 'react'
import { canContinue } from '#core/connection.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { waitLeft } from '#core/conversation/wait-left.ts'
import { describeModelError } from '#core/describe-model-error.ts'
import type { ModelError } from '#core/model-error.ts'
import { t } from '#lib/translate.ts'
import { useConnectionOfTurn } from '#state/bound-connection.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'

/** Why a reply failed, in words, and what can be done about it. */
export function FailureNote({ turn, error }: { readonly turn: Turn; readonly error: ModelError }) {
  const { chat } = useServices()
  const connection = useConnectionOfTurn(turn)
  const description = describeModelError(error, connection?.kind)
  const waitSeconds = useCountdown(description.retryAfterMs, turn.making?.failedAt)
  return (
    <div role="alert" className="my-2 rounded-xl border border-danger/40 bg-danger-wash px-4 py-3 text-sm">
      <p className="font-medium text-danger">{description.title}</p>
      <p className="mt-1">{description.sentence}</p>
      <p className="mt-1 text-soft">{description.remedy}</p>
      {description.command && (
        <pre className="mt-2 overflow-x-auto rounded-lg bg-sunken px-3 py-2 text-xs">{description.command}</pre>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {error.kind === 'storage-full' ? (
          <Button look="primary" onClick={() => void chat.saveAgain(turn.conversationId)}>
            {t('Save it now')}
          </Button>
        ) : (
          <Button disabled={waitSeconds > 0} onClick={() => void chat.again(turn.conversationId, turn.id)}>
            {waitSeconds > 0 ? t('Retry in {waitSeconds, number} s', { waitSeconds }) : t('Retry')}
          </Button>
        )}
        {turn.raw !== '' && canGoOn(error) && connection && canContinue(connection) && (
          <Button onClick={() => void chat.goOn(turn.conversationId, turn.id)}>{t('Continue')}</Button>
        )}
      </div>
    </div>
  )
}

/** There is something to go on from, and it is on disk. */
function canGoOn({ kind }: ModelError): boolean {
  return kind !== 'empty' && kind !== 'storage-full'
}

/** Whole seconds that are left of a wait, counted from when the reply failed; of an older row, from when it is shown. */
function useCountdown(retryAfterMs: number | undefined, failedAt: number | undefined): number {
  const [shownAt] = useState(() => Date.now())
  const [now, setNow] = useState(shownAt)
  const left = Math.ceil(waitLeft(retryAfterMs, failedAt ?? shownAt, now) / 1000)
  const isOver = left <= 0
  useEffect(() => {
    if (isOver) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isOver])
  return left
}
