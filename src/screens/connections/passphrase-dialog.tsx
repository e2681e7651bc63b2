import { useState } from 'react'
import { t } from '#lib/translate.ts'
import { type ChangeOutcome, problemOfPassphrase, useKeyLockActions } from '#state/key-lock-actions.ts'
import { FormDialog } from '#ui/form-dialog.tsx'
import { PassphraseField } from '#ui/passphrase-field.tsx'
import { showToast } from '#ui/toasts.tsx'

export type PassphraseTask = 'set' | 'change' | 'remove' | 'unlock'

const words: Readonly<
  Record<PassphraseTask, { readonly title: string; readonly submit: string; readonly done: string }>
> = {
  set: { title: t('Set a passphrase'), submit: t('Set it'), done: t('Your keys are sealed with your passphrase.') },
  change: {
    title: t('Change the passphrase'),
    submit: t('Change it'),
    done: t('Your keys are sealed with the new passphrase.'),
  },
  unlock: { title: t('Unlock your keys'), submit: t('Unlock'), done: t('Your keys are unlocked in this tab.') },
  remove: {
    title: t('Remove the passphrase'),
    submit: t('Remove it'),
    done: t('Your keys need no passphrase any more.'),
  },
}

const problems: Readonly<Record<Exclude<ChangeOutcome, 'done'>, string>> = {
  wrong: t('This is not the passphrase. Nothing was changed.'),
  'not-saved': t('This browser could not write it to its disk. Nothing was changed.'),
}

interface Props {
  readonly task: PassphraseTask
  readonly onClose: () => void
}

/** What is asked to set, change, remove or give the passphrase of the keys. */
export function PassphraseDialog({ task, onClose }: Props) {
  const { change, unlock } = useKeyLockActions()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const needsCurrent = task !== 'set'
  const needsNext = task === 'set' || task === 'change'

  async function submit() {
    const refusal = needsNext ? problemOfPassphrase(next, again) : undefined
    if (refusal !== undefined) return setProblem(refusal)
    setBusy(true)
    setProblem(undefined)
    const outcome: ChangeOutcome =
      task === 'unlock'
        ? (await unlock(current))
          ? 'done'
          : 'wrong'
        : await change(needsCurrent ? current : undefined, needsNext ? next : undefined)
    setBusy(false)
    if (outcome !== 'done') return setProblem(problems[outcome])
    showToast(words[task].done)
    onClose()
  }

  return (
    <FormDialog
      title={words[task].title}
      submitLabel={isBusy ? t('One moment…') : words[task].submit}
      canSubmit={!isBusy && (!needsCurrent || current !== '') && (!needsNext || (next !== '' && again !== ''))}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {needsCurrent && <PassphraseField label={t('Passphrase now')} value={current} onChange={setCurrent} />}
      {needsNext && (
        <>
          <PassphraseField
            label={t('New passphrase')}
            hint={t('Nobody can bring it back: who forgets it has to give the keys anew.')}
            value={next}
            onChange={setNext}
          />
          <PassphraseField label={t('Once more')} value={again} onChange={setAgain} />
        </>
      )}
      <p role="alert" className="text-danger text-sm">
        {problem}
      </p>
    </FormDialog>
  )
}
