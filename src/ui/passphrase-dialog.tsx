import { useState } from 'react'
import { problemOfPassphrase } from '#lib/passphrase-rule.ts'
import { t } from '#lib/translate.ts'
import { FormDialog } from './form-dialog.tsx'
import { PassphraseField } from './passphrase-field.tsx'

interface Props {
  readonly title: string
  readonly submitLabel: string
  /** The passphrase that is set has to be given. */
  readonly asksCurrent: boolean
  /** A new one has to be given, twice. */
  readonly asksNext: boolean
  /** What is lost with a new one that is forgotten. */
  readonly nextHint: string
  /** Gives why it could not be done, in a sentence; undefined when it was. What was not asked for is empty. */
  readonly onSubmit: (current: string, next: string) => Promise<string | undefined>
  readonly onClose: () => void
}

/** Asks for what it takes to set, change, remove or give a passphrase. */
export function PassphraseDialog({ title, submitLabel, asksCurrent, asksNext, nextHint, onSubmit, onClose }: Props) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function submit() {
    const refusal = asksNext ? problemOfPassphrase(next, again) : undefined
    if (refusal !== undefined) return setProblem(refusal)
    setBusy(true)
    setProblem(undefined)
    setProblem(await onSubmit(current, next))
    setBusy(false)
  }

  return (
    <FormDialog
      title={title}
      submitLabel={isBusy ? t('One moment…') : submitLabel}
      canSubmit={!isBusy && (!asksCurrent || current !== '') && (!asksNext || (next !== '' && again !== ''))}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {asksCurrent && <PassphraseField label={t('Passphrase now')} value={current} onChange={setCurrent} />}
      {asksNext && (
        <>
          <PassphraseField label={t('New passphrase')} hint={nextHint} value={next} onChange={setNext} />
          <PassphraseField label={t('Once more')} value={again} onChange={setAgain} />
        </>
      )}
      <p role="alert" className="text-danger text-sm">
        {problem}
      </p>
    </FormDialog>
  )
}
