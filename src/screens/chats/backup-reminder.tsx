import { t } from '#lib/translate.ts'
import { useBackupReminder } from '#state/backup.ts'
import { Button } from '#ui/button.tsx'
import { PlaceLink } from '#ui/place-link.tsx'

/** Once a month at most, to who has something to lose: that it is in this browser alone. */
export function BackupReminder() {
  const { isDue, hide } = useBackupReminder()
  if (!isDue) return null
  return (
    <aside aria-label={t('Backup')} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-soft text-sm">
      <p>{t('Your chats are in this browser alone, and have no backup of this month.')}</p>
      <PlaceLink href="/settings">{t('Save one')}</PlaceLink>
      <Button look="quiet" onClick={hide}>
        {t('Not now')}
      </Button>
    </aside>
  )
}
