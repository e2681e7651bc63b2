import { useState } from 'react'
import type { Connection } from '#core/connection.ts'
import { size } from '#core/in-page/describe-weights-problem.ts'
import { memoryNeeded } from '#core/in-page/plan-memory.ts'
import type { Weights } from '#core/in-page/weights.ts'
import { t } from '#lib/translate.ts'
import { useWeightsJob } from '#state/in-page.ts'
import { Button } from '#ui/button.tsx'
import { showToast } from '#ui/toasts.tsx'
import { AdjustForm } from '../adjust-form.tsx'
import { EngineLine } from './engine-line.tsx'

interface Props {
  readonly weights: Weights
  /** The connection to it; there is none before it was used. */
  readonly connection: Connection | undefined
  readonly isActive: boolean
  readonly deviceGigabytes: number | undefined
}

/** One model that is here. */
export function WeightsRow({ weights, connection, isActive, deviceGigabytes }: Props) {
  const { use, remove } = useWeightsJob()
  const [isOpen, setOpen] = useState(false)
  const [isSure, setSure] = useState(false)
  const { name, bytes, head, isForThisVisit } = weights
  const contextTokens = connection?.capabilities.contextTokens
  const needed = memoryNeeded(weights, contextTokens ?? 4096)
  const facts = [
    size(bytes),
    head.licence && t('licence {licence}', { licence: head.licence }),
    contextTokens && t('reads up to {tokens, plural, one {# token} other {# tokens}}', { tokens: contextTokens }),
    t('takes about {size} of memory', { size: size(needed) }),
  ].filter((fact) => typeof fact === 'string')
  const isTight = deviceGigabytes !== undefined && needed > deviceGigabytes * 0.6e9
  return (
    <article aria-label={name} className="flex flex-col gap-2 border-line border-t pt-4">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-0 flex-1 basis-64">
          <h3 className="font-medium">
            {head.name ?? name} {isActive && <span className="ms-1 text-accent text-xs">{t('in use')}</span>}
          </h3>
          <p className="break-words text-faint text-sm">
            {name} · {facts.join(' · ')}
          </p>
        </div>
        {!isActive && <Button onClick={() => void use?.(weights)}>{t('Use')}</Button>}
        {connection && (
          <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('Adjust')}
          </Button>
        )}
        {isSure ? (
          <>
            <Button
              look="danger"
              onClick={() =>
                void remove(name).then(() => showToast(t('“{name}” is gone from this browser.', { name })))
              }
            >
              {t('Delete {size}', { size: size(bytes) })}
            </Button>
            <Button look="quiet" onClick={() => setSure(false)}>
              {t('Keep')}
            </Button>
          </>
        ) : (
          <Button look="quiet" onClick={() => (isForThisVisit ? void remove(name) : setSure(true))}>
            {isForThisVisit ? t('Close') : t('Delete')}
          </Button>
        )}
      </div>
      {isForThisVisit && (
        <p className="text-faint text-sm">{t('Opened for this visit: it is gone when the page is.')}</p>
      )}
      {isTight && (
        <p className="text-sm">
          {t(
            'This device tells of {gigabytes, number} GB of memory in all: the model may not fit, or make everything slow.',
            { gigabytes: deviceGigabytes },
          )}
        </p>
      )}
      <EngineLine model={name} />
      {isOpen && connection && (
        <AdjustForm key={connection.testedAt} connection={connection} onSaved={() => setOpen(false)} />
      )}
    </article>
  )
}
