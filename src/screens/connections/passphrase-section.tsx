import { useState } from 'react'
import { t } from '#lib/translate.ts'
import { useIsLasting } from '#state/disk-trouble.ts'
import { useKeyLock } from '#state/key-lock.ts'
import { useKeyLockActions } from '#state/key-lock-actions.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { KeyPassphraseDialog, type PassphraseTask } from './key-passphrase-dialog.tsx'

/** A passphrase for the keys: set, changed, taken away, locked. */
export function PassphraseSection() {
  const { sealsKeys } = useServices()
  // Where nothing lasts there is nothing to be sealed.
  const isLasting = useIsLasting()
  const lock = useKeyLock()
  const actions = useKeyLockActions()
  const [task, setTask] = useState<PassphraseTask>()
  if (!sealsKeys || !isLasting || lock === undefined) return null
  return (
    <section aria-labelledby="passphrase" className="flex max-w-xl flex-col gap-3">
      <h2 id="passphrase" className="font-story text-xl">
        {t('A passphrase for your keys')}
      </h2>
      <p className="text-soft text-sm">
        {lock === 'none'
          ? t(
              'Keys are encrypted on this disk with a key of this browser. With a passphrase only who knows it can use them: each tab asks for it once, and forgets it when it is closed.',
            )
          : lock === 'open'
            ? t('Your keys are unlocked in this tab, until you lock them or close it.')
            : t('Your keys are locked in this tab.')}
      </p>
      <div className="flex flex-wrap gap-2">
        {lock === 'none' && <Button onClick={() => setTask('set')}>{t('Set a passphrase')}</Button>}
        {lock === 'locked' && (
          <Button look="primary" onClick={() => setTask('unlock')}>
            {t('Unlock')}
          </Button>
        )}
        {lock === 'open' && (
          <Button look="primary" onClick={() => void actions.lock()}>
            {t('Lock now')}
          </Button>
        )}
        {lock !== 'none' && (
          <>
            <Button onClick={() => setTask('change')}>{t('Change it')}</Button>
            <Button onClick={() => setTask('remove')}>{t('Remove it')}</Button>
          </>
        )}
      </div>
      {task && <KeyPassphraseDialog task={task} onClose={() => setTask(undefined)} />}
    </section>
  )
}
