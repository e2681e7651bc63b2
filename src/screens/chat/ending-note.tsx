import { type ReactNode, Suspense } from 'react'
import { canContinue } from '#core/connection.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Reply } from '#core/her/segment.ts'
import type { ModelError } from '#core/model-error.ts'
import { t } from '#lib/translate.ts'
import { useConnectionOfTurn } from '#state/bound-connection.ts'
import { useServices } from '#state/services.tsx'
import type { LiveRun } from '#state/use-run.ts'
import { Button } from '#ui/button.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'

/** All the words for what can go wrong come with the first failure. Where even they can't be had, it is told without them. */
const FailureNote = lazyPart(() =>
  import('./failure-note.tsx').then(
    (module) => ({ default: module.FailureNote }),
    () => ({ default: BareFailureNote }),
  ),
)

interface Props {
  readonly turn: Turn
  readonly reply: Reply
  readonly run: LiveRun | undefined
}

/** How a turn ended, when it did not simply end: what happened, in words, and what can be done. */
export function EndingNote({ turn, reply, run }: Props) {
  if (run?.phase === 'unsaved') return failureNote(turn, run.error)
  if (run) return null
  switch (turn.ending) {
    case 'failed':
      return turn.failure ? failureNote(turn, turn.failure) : null
    case 'length':
      return (
        <Note actions={<GoOn turn={turn} />}>
          {reply.open === 'system_thinking'
            ? turn.making?.planningLimit === undefined
              ? t('The reply ran out of tokens while planning, before a word was said.')
              : t(
                  'Planning passed its limit of {planningLimit, number} tokens. This server can’t go on from given words, so the reply was ended.',
                  { planningLimit: turn.making.planningLimit },
                )
            : t('The reply ran out of tokens here.')}
        </Note>
      )
    case 'interrupted':
      return (
        <Note actions={<GoOn turn={turn} />}>
          {turn.raw === ''
            ? t('This reply was interrupted before a word arrived.')
            : t(
                'This reply was interrupted: the page was closed while it was written. Every word that was saved is here.',
              )}
        </Note>
      )
    case 'stopped':
      return (
        <Note actions={<GoOn turn={turn} />}>
          {reply.open === 'system_thinking' ? t('Stopped while planning.') : t('Stopped.')}
        </Note>
      )
    case 'draft':
      return <Note>{t('Being written in another tab.')}</Note>
    case 'complete':
      return <CompleteNote turn={turn} reply={reply} />
  }
}

function failureNote(turn: Turn, error: ModelError): ReactNode {
  return (
    <Suspense>
      <FailureNote turn={turn} error={error} />
    </Suspense>
  )
}

function BareFailureNote({ turn }: { readonly turn: Turn; readonly error: ModelError }) {
  const { chat } = useServices()
  return (
    <div role="alert" className="my-2 rounded-xl border border-danger/40 bg-danger-wash px-4 py-3 text-sm">
      <p className="font-medium text-danger">
        {t('The reply failed, and the page’s own server can’t be reached either.')}
      </p>
      <Button className="mt-3" onClick={() => void chat.again(turn.conversationId, turn.id)}>
        {t('Retry')}
      </Button>
    </div>
  )
}

/** A reply that ended by itself and still wants a word: nothing was said aloud, or another's turn was cut off. */
function CompleteNote({ turn, reply }: Omit<Props, 'run'>) {
  const isReply = turn.speaker.kind === 'character'
  if (isReply && reply.open === 'system_thinking') {
    return <Note actions={<GoOn turn={turn} />}>{t('The model only planned, and ended before a word was said.')}</Note>
  }
  const dropped = turn.making?.droppedTurns ?? 0
  return (
    <>
      {isReply && turn.making?.planningLimit !== undefined && (
        <Note>
          {t('Planning was closed at its limit of {planningLimit, number} tokens.', {
            planningLimit: turn.making.planningLimit,
          })}
        </Note>
      )}
      {(isReply || turn.making) && reply.cut !== undefined && (
        <Note>{t('The model went on to speak for others. That part was cut.')}</Note>
      )}
      {turn.making?.fellBack && (
        <Note>
          {t('The connection that was chosen for who speaks here is gone. Another answered: see “About this turn”.')}
        </Note>
      )}
      {dropped > 0 && (
        <Note>
          {t(
            '{dropped, plural, one {The oldest turn} other {The # oldest turns}} did not fit the model’s context and {dropped, plural, one {was} other {were}} not sent.',
            { dropped },
          )}
        </Note>
      )}
    </>
  )
}

function GoOn({ turn }: { readonly turn: Turn }) {
  const { chat } = useServices()
  const connection = useConnectionOfTurn(turn)
  if (turn.raw === '' || (connection && !canContinue(connection))) {
    return <Button onClick={() => void chat.again(turn.conversationId, turn.id)}>{t('Retry')}</Button>
  }
  return <Button onClick={() => void chat.goOn(turn.conversationId, turn.id)}>{t('Continue')}</Button>
}

function Note({ children, actions }: { readonly children: ReactNode; readonly actions?: ReactNode }) {
  return (
    <div className="my-2 flex flex-wrap items-center gap-x-3 gap-y-2 text-faint text-sm">
      <p>{children}</p>
      {actions}
    </div>
  )
}
