import { useState } from 'react'
import { type ChangeOutcome, shortestPassphrase, useKeyLockActions } from '#state/key-lock-actions.ts'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { showToast } from '#ui/toasts.tsx'

export type PassphraseTask = 'set' | 'change' | 'remove' | 'unlock'

const words: Readonly<
  Record<PassphraseTask, { readonly title: string; readonly submit: string; readonly done: string }>
> = {
  set: { title: 'Set a passphrase', submit: 'Set it', done: 'Your keys are sealed with your passphrase.' },
  change: {
    title: 'Change the passphrase',
    submit: 'Change it',
    done: 'Your keys are sealed with the new passphrase.',
  },
  unlock: { title: 'Unlock your keys', submit: 'Unlock', done: 'Your keys are unlocked in this tab.' },
  remove: { title: 'Remove the passphrase', submit: 'Remove it', done: 'Your keys need no passphrase any more.' },
}

const problems: Readonly<Record<Exclude<ChangeOutcome, 'done'>, string>> = {
  wrong: 'This is not the passphrase. Nothing was changed.',
  'not-saved': 'This browser could not write it to its disk. Nothing was changed.',
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
    const isShort = [...next].length < shortestPassphrase
    if (needsNext && isShort) return setProblem(`Take at least ${shortestPassphrase} characters; a few words are best.`)
    if (needsNext && next !== again) return setProblem('The two are not the same.')
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

  const field = (label: string, value: string, onChange: (value: string) => void, hint?: string) => (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(ids) => (
        <TextInput
          {...ids}
          type="password"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )

  return (
    <FormDialog
      title={words[task].title}
      submitLabel={isBusy ? 'One moment…' : words[task].submit}
      canSubmit={!isBusy && (!needsCurrent || current !== '') && (!needsNext || (next !== '' && again !== ''))}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      {needsCurrent && field('Passphrase now', current, setCurrent)}
      {needsNext &&
        field('New passphrase', next, setNext, 'Nobody can bring it back: who forgets it has to give the keys anew.')}
      {needsNext && field('Once more', again, setAgain)}
      <p role="alert" className="text-danger text-sm">
        {problem}
      </p>
    </FormDialog>
  )
}
