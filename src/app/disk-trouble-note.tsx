import { useState } from 'react'
import { t } from '#lib/translate.ts'
import { writeDiskMark } from '#state/disk-mark.ts'
import { type DiskTrouble, useDiskTrouble } from '#state/disk-trouble.ts'
import { useSaveBackup } from '#state/save-backup.ts'
import { Button } from '#ui/button.tsx'
import { PlaceLink } from '#ui/place-link.tsx'
import { saveFile } from '#ui/save-file.ts'

interface Words {
  readonly sentence: string
  readonly remedy: string
  /** What is to be had can be saved as a file. */
  readonly canSave: boolean
  /** Another try may find the disk as it should be. */
  readonly canReload: boolean
}

const wordsFor: Readonly<Record<DiskTrouble, Words>> = {
  'none-given': {
    sentence: t(
      'This browser gives the page no storage (a private window, or blocked site data). What you write here is forgotten when the tab closes.',
    ),
    remedy: t('Allow this site to keep data and load the page again, or save a backup before you close the tab.'),
    canSave: true,
    canReload: false,
  },
  newer: {
    sentence: t(
      'What is stored here was made by a newer version of Subtext, and this tab still runs an older one. Nothing was changed; what you write here is forgotten when the tab closes.',
    ),
    remedy: t('Load the page again. If this comes back, close every tab of Subtext and open it anew.'),
    canSave: false,
    canReload: true,
  },
  lost: {
    sentence: t(
      'The browser has deleted or closed the storage of this page. Nothing is kept any more, and nothing that is not in this tab can be read.',
    ),
    remedy: t('Save what this tab still has, load the page again, and restore the file in Settings.'),
    canSave: true,
    canReload: true,
  },
  emptied: {
    sentence: t('What was kept here is gone: the browser found its storage damaged, or emptied it.'),
    remedy: t('If you have a backup, restore it in Settings.'),
    canSave: false,
    canReload: false,
  },
  full: {
    sentence: t('The room that this browser gives the page is used up: the last change was not kept.'),
    remedy: t('Save a backup; then make room: empty the bin, delete old chats, or free space on the disk.'),
    canSave: true,
    canReload: false,
  },
}

/** What is wrong with the disk, what can be done about it, and the way out for what there is. */
export function DiskTroubleNote({ trouble }: { readonly trouble: DiskTrouble }) {
  const { sentence, remedy, canSave, canReload } = wordsFor[trouble]
  const save = useSaveBackup(trouble === 'lost')
  const [problem, setProblem] = useState<string>()

  async function saveAll() {
    try {
      const { file, name } = await save()
      saveFile(file, name)
    } catch (error) {
      setProblem(t('The file could not be made: {problem}', { problem: String(error) }))
    }
  }

  function hide() {
    if (trouble === 'emptied') writeDiskMark('kept')
    useDiskTrouble.setState({ trouble: undefined })
  }

  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-4 gap-y-2 bg-danger-wash px-4 py-2 text-sm">
      <p className="min-w-64 flex-1">
        <span className="text-danger">{sentence}</span> {problem ?? remedy}
      </p>
      <div className="flex flex-wrap gap-2">
        {canSave && (
          <Button onClick={() => void saveAll()}>
            {trouble === 'lost' ? t('Save what is here') : t('Save a backup')}
          </Button>
        )}
        {canReload && <Button onClick={() => window.location.reload()}>{t('Load the page again')}</Button>}
        {trouble === 'emptied' && <PlaceLink href="/settings">{t('Settings')}</PlaceLink>}
        {(trouble === 'full' || trouble === 'emptied') && (
          <Button look="quiet" onClick={hide}>
            {t('Hide')}
          </Button>
        )}
      </div>
    </div>
  )
}
