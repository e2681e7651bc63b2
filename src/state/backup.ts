import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { StorageFailure } from '#ports/storage.ts'
import { backupName } from './backup-name.ts'
import { useServices } from './services.tsx'

const savedAtName = 'backup-saved-at'
const hiddenUntilName = 'backup-reminder-hidden-until'

const dayMs = 24 * 60 * 60 * 1000
/** A reminder comes this long after the last backup, and stays away this long when it is sent away. */
const remindAfterMs = 30 * dayMs
/** Who has said less has little to lose: so many turns, in chats that are not deleted. */
const worthSaving = 50

/** When a backup was last saved in this browser, in unix milliseconds; null for never, undefined while it is read. */
export function useLastBackup(): number | null | undefined {
  return useTime(savedAtName)
}

function useTime(name: string): number | null | undefined {
  const { storage } = useServices()
  return useQuery({
    queryKey: ['settings', name],
    queryFn: async () => {
      const row = await storage.get('settings', name)
      return row ? Number(row.value) : null
    },
  }).data
}

/** Makes a backup of everything, sealed where a passphrase is given: gives the file and what to call it. */
export function useMakeBackup(): (passphrase?: string) => Promise<{ readonly file: Blob; readonly name: string }> {
  const { storage, openBackup } = useServices()
  return async (passphrase) => {
    const { backup, files } = await openBackup()
    const file = await files.pack(backup.write(), passphrase)
    const at = Date.now()
    try {
      await storage.write([{ type: 'put', table: 'settings', row: { name: savedAtName, value: String(at) } }])
    } catch (error) {
      // On a full disk the file is what matters.
      if (!(error instanceof StorageFailure)) throw error
    }
    return { file, name: backupName(at, passphrase !== undefined) }
  }
}

/** Whether it is time to say that all this is in one browser only, and how to send that away for a while. */
export function useBackupReminder(): { readonly isDue: boolean; readonly hide: () => void } {
  const { storage } = useServices()
  const [now] = useState(() => Date.now())
  const savedAt = useLastBackup()
  const hiddenUntil = useTime(hiddenUntilName)
  const mayBeDue = savedAt !== undefined && hiddenUntil !== undefined && now > (savedAt ?? 0) + remindAfterMs
  const isDue = useQuery({
    queryKey: ['backup-worth', mayBeDue],
    queryFn: async () => {
      if (!mayBeDue) return false
      let turns = 0
      for (const { id, deletedAt } of await storage.list('conversations')) {
        if (deletedAt === undefined) turns += (await storage.turnsBefore(id, undefined, worthSaving)).length
        if (turns >= worthSaving) return true
      }
      return false
    },
  }).data
  return {
    isDue: isDue === true && now > (hiddenUntil ?? 0),
    hide: () =>
      void storage.write([
        { type: 'put', table: 'settings', row: { name: hiddenUntilName, value: String(now + remindAfterMs) } },
      ]),
  }
}
