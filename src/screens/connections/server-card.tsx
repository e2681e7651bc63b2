import { t } from '#lib/translate.ts'
import { useConnect } from '#state/use-connect.ts'
import { Button } from '#ui/button.tsx'
import { FailureText } from './failure-text.tsx'

interface Props {
  readonly model: string | undefined
  /** It was connected already, and has a card of its own. */
  readonly isKnown: boolean
}

/** The endpoint the server of this page forwards to: ready, its key is not in the browser. */
export function ServerCard({ model, isKnown }: Props) {
  const { state, connect } = useConnect()
  if (isKnown) return null
  return (
    <article
      aria-label={t('This server’s endpoint')}
      className="flex flex-col gap-3 rounded-2xl border border-accent bg-accent-wash p-4"
    >
      <div className="flex flex-wrap items-center gap-2">
        <div className="me-auto">
          <h2 className="font-medium">{t('This server offers a model')}</h2>
          <p className="text-sm text-soft">
            {model ?? t('The server of this page forwards to an endpoint of its own.')}
          </p>
        </div>
        <Button
          look="primary"
          disabled={state.phase === 'testing'}
          onClick={() => void connect(`${window.location.origin}/v1`, '', { model, name: t('This server’s endpoint') })}
        >
          {state.phase === 'testing' ? (state.step ?? t('Asking…')) : t('Use it')}
        </Button>
      </div>
      {state.failure && <FailureText error={state.failure} kind={undefined} />}
    </article>
  )
}
