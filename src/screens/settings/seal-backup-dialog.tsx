import { useState } from 'react'
import { problemOfPassphrase } from '#lib/passphrase-rule.ts'
import { t } from '#lib/translate.ts'
import { FormDialog } from '#ui/form-dialog.tsx'
import { PassphraseField } from '#ui/passphrase-field.tsx'

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
    const refusal = problemOfPassphrase(passphrase, again)
    if (refusal === undefined) onSeal(passphrase)
    else setProblem(refusal)
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
      <PassphraseField label={t('Passphrase')} value={passphrase} onChange={setPassphrase} />
      <PassphraseField label={t('Once more')} value={again} onChange={setAgain} />
      <p role="alert" className="text-danger text-sm">
        {problem}
      </p>
    </FormDialog>
  )
}
