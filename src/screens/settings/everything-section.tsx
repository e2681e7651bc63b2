import { useState } from 'react'
import { t } from '#lib/translate.ts'
import { type DiskLockOutcome, useDiskLock } from '#state/disk-lock.ts'
import { useIsLasting } from '#state/disk-trouble.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { PassphraseDialog } from '#ui/passphrase-dialog.tsx'

type Task = 'set' | 'change' | 'remove'

const words: Readonly<Record<Task, { readonly title: string; readonly submit: string }>> = {
  set: { title: t('A passphrase for everything'), submit: t('Seal everything') },
  change: { title: t('Change the passphrase'), submit: t('Change it') },
  remove: { title: t('Remove the passphrase'), submit: t('Remove it') },
}

const problems: Readonly<Record<Exclude<DiskLockOutcome, 'done'>, string>> = {
  wrong: t('This is not the passphrase. Nothing was changed.'),
  'not-saved': t('This browser could not write it to its disk. Nothing was changed.'),
}

/** A passphrase for all that is kept: set, changed, taken away, locked. */
export function EverythingSection() {
  const { sealsKeys } = useServices()
  // Where nothing lasts there is nothing to be sealed.
  const isLasting = useIsLasting()
  const lock = useDiskLock()
  const [task, setTask] = useState<Task>()
  if (!sealsKeys || !isLasting || lock.isSet === undefined) return null

  async function submit(current: string, next: string): Promise<string | undefined> {
    const outcome = await (task === 'set'
      ? lock.set(next)
      : task === 'change'
        ? lock.change(current, next)
        : lock.remove(current))
    return outcome === 'done' ? undefined : problems[outcome]
  }

  return (
    <section aria-labelledby="everything" className="flex max-w-xl flex-col gap-3">
      <h2 id="everything" className="font-story text-xl">
        {t('A passphrase for everything')}
      </h2>
      <p className="text-soft text-sm">
        {lock.isSet
          ? t(
              'Chats, characters, pictures and all else are sealed on this disk. Each tab asks for the passphrase when it is opened, and forgets it when it is closed. What you type and don’t send is not kept when the page is closed.',
            )
          : t(
              'Chats, characters, pictures and all else can be sealed on this disk, so that who has this computer but not the passphrase reads nothing of them. Each tab asks for it when it is opened.',
            )}
      </p>
      <div className="flex flex-wrap gap-2">
        {lock.isSet ? (
          <>
            <Button look="primary" onClick={() => void lock.lockNow()}>
              {t('Lock now')}
            </Button>
            <Button onClick={() => setTask('change')}>{t('Change it')}</Button>
            <Button onClick={() => setTask('remove')}>{t('Remove it')}</Button>
          </>
        ) : (
          <Button onClick={() => setTask('set')}>{t('Set a passphrase')}</Button>
        )}
      </div>
      {task && (
        <PassphraseDialog
          title={words[task].title}
          submitLabel={words[task].submit}
          asksCurrent={task !== 'set'}
          asksNext={task !== 'remove'}
          nextHint={t(
            'Nobody can bring it back: who forgets it loses every chat that is in no backup. Save a backup first.',
          )}
          onSubmit={submit}
          onClose={() => setTask(undefined)}
        />
      )}
    </section>
  )
}
