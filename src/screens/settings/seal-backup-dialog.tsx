import { useState } from 'react'
import { t } from '#lib/translate.ts'
import { shortestPassphrase } from '#state/key-lock-actions.ts'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'

interface Props {
  readonly onSeal: (passphrase: string) => void
  readonly onClose: () => void
}

/** Asks for the passphrase that a backup is to be sealed with. */
export function SealBackupDialog({ onSeal, onClose }: Props) {
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [problem, setProblem] = useState<string>()

  function submit() {
    if ([...passphrase].length < shortestPassphrase) {
      setProblem(t('Take at least {count} characters; a few words are best.', { count: shortestPassphrase }))
    } else if (passphrase !== again) setProblem(t('The two are not the same.'))
    else onSeal(passphrase)
  }

  return (
    <FormDialog
      title={t('A backup with a passphrase')}
      submitLabel={t('Save it')}
      canSubmit={passphrase !== '' && again !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="text-soft text-sm">
        {t(
          'The whole file is encrypted: for a disk or a service that others can read. Without the passphrase nobody can open it, we neither.',
        )}
      </p>
      <Field label={t('Passphrase')}>
        {(ids) => (
          <TextInput
            {...ids}
            type="password"
            autoComplete="off"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('Once more')}>
        {(ids) => (
          <TextInput
            {...ids}
            type="password"
            autoComplete="off"
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        )}
      </Field>
      <p role="alert" className="text-danger text-sm">
        {problem}
      </p>
    </FormDialog>
  )
}
