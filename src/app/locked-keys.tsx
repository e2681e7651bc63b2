import { useState } from 'react'
import { t } from '#lib/translate.ts'
import { useKeyLockActions } from '#state/key-lock-actions.ts'
import { Button } from '#ui/button.tsx'
import { TextInput } from '#ui/field.tsx'

/** Asks for the passphrase of the keys, in a line above the page. One can go on without it, with the demo or a model that needs no key. */
export function LockedKeys() {
  const { unlock, forget } = useKeyLockActions()
  const [passphrase, setPassphrase] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [isWrong, setWrong] = useState(false)
  const [isHidden, setHidden] = useState(false)
  const [isForgetting, setForgetting] = useState(false)
  if (isHidden) return null

  async function submit() {
    setBusy(true)
    const isRight = await unlock(passphrase)
    setBusy(false)
    setPassphrase('')
    setWrong(!isRight)
  }

  return (
    <section aria-label={t('Locked keys')} className="border-line border-b bg-sunken px-4 py-2 text-sm">
      <form
        className="flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <label htmlFor="passphrase-of-keys" className="text-soft">
          {t('Your keys are locked.')}
        </label>
        <TextInput
          id="passphrase-of-keys"
          type="password"
          autoComplete="off"
          placeholder={t('Passphrase')}
          aria-describedby="passphrase-problem"
          className="max-w-56"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
        <Button type="submit" look="primary" disabled={passphrase === '' || isBusy}>
          {isBusy ? t('Unlocking…') : t('Unlock')}
        </Button>
        <Button look="quiet" onClick={() => setHidden(true)}>
          {t('Not now')}
        </Button>
        {isWrong && (
          <Button look="quiet" aria-expanded={isForgetting} onClick={() => setForgetting(!isForgetting)}>
            {t('I have forgotten it')}
          </Button>
        )}
      </form>
      <p id="passphrase-problem" role="status" className="text-danger">
        {isWrong && t('This is not the passphrase. Nothing was unlocked.')}
      </p>
      {isForgetting && (
        <p className="flex flex-wrap items-center gap-2 py-1">
          {t(
            'Nobody can open the keys without it. You can forget the passphrase and the keys, and give the keys anew.',
          )}
          <Button onClick={() => void forget()}>{t('Forget the keys')}</Button>
        </p>
      )}
    </section>
  )
}
