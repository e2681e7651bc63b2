import { useState } from 'react'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { PassphraseField } from '#ui/passphrase-field.tsx'

interface Props {
  /** Another passphrase was given before. */
  readonly isWrong: boolean
  readonly onOpen: (passphrase: string) => void
}

/** Asks for the passphrase of a sealed backup. */
export function SealedBackup({ isWrong, onOpen }: Props) {
  const [passphrase, setPassphrase] = useState('')
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        onOpen(passphrase)
      }}
    >
      <PassphraseField
        label={t('Passphrase')}
        hint={t('The one this backup was sealed with.')}
        value={passphrase}
        onChange={setPassphrase}
      />
      <p role="alert" className="text-danger text-sm">
        {isWrong && t('This is not its passphrase, or the file was changed. Nothing was written.')}
      </p>
      <Button type="submit" look="primary" className="self-end" disabled={passphrase === ''}>
        {t('Open it')}
      </Button>
    </form>
  )
}
