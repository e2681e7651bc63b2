import { useState } from 'react'
import { locale, t } from '#lib/translate.ts'
import { useLastBackup, useMakeBackup } from '#state/backup.ts'
import { Button } from '#ui/button.tsx'
import { FileButton } from '#ui/file-button.tsx'
import { saveFile } from '#ui/save-file.ts'
import { showToast } from '#ui/toasts.tsx'
import { RestoreDialog } from './restore-dialog.tsx'

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long' })

/** Everything out as one file, and in again. */
export function BackupSection() {
  const lastAt = useLastBackup()
  const makeBackup = useMakeBackup()
  const [isSaving, setSaving] = useState(false)
  const [chosen, setChosen] = useState<File>()

  async function save() {
    setSaving(true)
    try {
      const { file, name } = await makeBackup()
      saveFile(file, name)
    } catch (error) {
      showToast(t('The backup could not be made: {error}', { error: String(error) }), { tone: 'danger' })
    }
    setSaving(false)
  }

  return (
    <section aria-labelledby="backup" className="flex max-w-xl flex-col gap-3">
      <h2 id="backup" className="font-story text-xl">
        {t('Backup')}
      </h2>
      <p className="text-soft text-sm">
        {t(
          'All you have here is in this browser alone. A backup is one file with every chat, character, persona, lorebook and connection, what was deleted and waits in the bin included. API keys are not in it.',
        )}
      </p>
      <p className="text-faint text-sm">
        {lastAt === undefined
          ? ' '
          : lastAt === null
            ? t('None was saved so far.')
            : t('Last saved on {date}.', { date: dates.format(lastAt) })}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" disabled={isSaving} onClick={() => void save()}>
          {isSaving ? t('Saving…') : t('Save a backup')}
        </Button>
        <FileButton
          look="plain"
          label={t('Restore from a backup')}
          accept=".gz,.jsonl,application/gzip"
          isBusy={false}
          onFiles={([file]) => setChosen(file)}
        />
      </div>
      {chosen && <RestoreDialog file={chosen} onClose={() => setChosen(undefined)} />}
    </section>
  )
}
