import { t } from '#lib/translate.ts'
import { type ChangeOutcome, useKeyLockActions } from '#state/key-lock-actions.ts'
import { PassphraseDialog } from '#ui/passphrase-dialog.tsx'
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
export function KeyPassphraseDialog({ task, onClose }: Props) {
  const { change, unlock } = useKeyLockActions()
  const asksCurrent = task !== 'set'
  const asksNext = task === 'set' || task === 'change'

  async function submit(current: string, next: string) {
    const outcome: ChangeOutcome =
      task === 'unlock'
        ? (await unlock(current))
          ? 'done'
          : 'wrong'
        : await change(asksCurrent ? current : undefined, asksNext ? next : undefined)
    if (outcome !== 'done') return problems[outcome]
    showToast(words[task].done)
    onClose()
    return undefined
  }

  return (
    <PassphraseDialog
      title={words[task].title}
      submitLabel={words[task].submit}
      {...{ asksCurrent, asksNext, onClose }}
      nextHint={t('Nobody can bring it back: who forgets it has to give the keys anew.')}
      onSubmit={submit}
    />
  )
}
