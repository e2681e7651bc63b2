import { useState } from 'react'
import type { Connection } from '#core/connection.ts'
import { modelLabel } from '#core/model-label.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { useConnect } from '#state/use-connect.ts'
import { Button } from '#ui/button.tsx'
import { showToast } from '#ui/toasts.tsx'
import { AdjustForm } from './adjust-form.tsx'
import { FailureText } from './failure-text.tsx'
import { WhatItCan } from './what-it-can.tsx'

interface Props {
  readonly connection: Connection
  readonly isActive: boolean
}

/** One endpoint the reader connected. */
export function ConnectionCard({ connection, isActive }: Props) {
  const { connections } = useServices()
  const { state, testAgain } = useConnect()
  const [isOpen, setOpen] = useState(false)

  async function remove() {
    const undo = await connections.remove(connection.id)
    showToast(t('{name} removed.', { name: connection.name }), {
      action: { label: t('Undo'), run: () => void undo() },
    })
  }

  return (
    <article aria-label={connection.name} className="flex flex-col gap-2 rounded-2xl border border-line p-4">
      <div className="flex flex-wrap items-center gap-2">
        <div className="me-auto min-w-0">
          <h3 className="font-medium">
            {connection.name} {isActive && <span className="ms-1 text-accent text-xs">{t('in use')}</span>}
          </h3>
          <p className="truncate text-faint text-sm">
            {modelLabel(connection.model)} · {connection.baseUrl}
          </p>
        </div>
        {!isActive && <Button onClick={() => void connections.use(connection.id)}>{t('Use')}</Button>}
        <Button look="quiet" disabled={state.phase === 'testing'} onClick={() => void testAgain(connection)}>
          {state.phase === 'testing' ? t('Testing…') : t('Test again')}
        </Button>
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('Adjust')}
        </Button>
        <Button look="quiet" onClick={() => void remove()}>
          {t('Remove')}
        </Button>
      </div>
      <WhatItCan connection={connection} />
      {connection.forgetsKey && (
        <p className="text-faint text-sm">
          {t('Its key is forgotten when this page is closed; connect it again with the key then.')}
        </p>
      )}
      {state.failure && <FailureText error={state.failure} kind={connection.kind} />}
      {isOpen && <AdjustForm key={connection.testedAt} connection={connection} onSaved={() => setOpen(false)} />}
    </article>
  )
}
