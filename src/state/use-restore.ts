import { useCallback, useEffect, useState } from 'react'
import type { BackupContents } from '#core/backup/backup-contents.ts'
import type { BackupError } from '#core/backup/backup-file.ts'
import type { Restored } from '#engine/backup.ts'
import { StorageFailure } from '#ports/storage.ts'
import { useServices } from './services.tsx'

/** How far a backup has come on its way back in. */
export type Restoring =
  | { readonly phase: 'examining' }
  | { readonly phase: 'refused'; readonly error: BackupError }
  | { readonly phase: 'ready'; readonly contents: BackupContents }
  | { readonly phase: 'restoring'; readonly done: number; readonly total: number }
  | { readonly phase: 'done'; readonly restored: Restored }
  /** The disk took no more: what was written before is there, whole chats each. */
  | { readonly phase: 'full' }

/** Looks a backup through, and restores it when that is wanted. */
export function useRestore(file: Blob): {
  readonly restoring: Restoring
  readonly restore: (differing: 'ours' | 'theirs') => Promise<void>
} {
  const { openBackup } = useServices()
  const [restoring, setRestoring] = useState<Restoring>({ phase: 'examining' })
  useEffect(() => {
    let isWanted = true
    void (async () => {
      const { backup, files } = await openBackup()
      const examined = await backup.examine(files.unpack(file))
      if (!isWanted) return
      setRestoring(
        examined.ok ? { phase: 'ready', contents: examined.value } : { phase: 'refused', error: examined.error },
      )
    })()
    return () => {
      isWanted = false
    }
  }, [openBackup, file])

  const total = restoring.phase === 'ready' ? restoring.contents.total : 0
  const restore = useCallback(
    async (differing: 'ours' | 'theirs') => {
      setRestoring({ phase: 'restoring', done: 0, total })
      const { backup, files } = await openBackup()
      try {
        const restored = await backup.restore(files.unpack(file), differing, (done) =>
          setRestoring({ phase: 'restoring', done, total }),
        )
        setRestoring({ phase: 'done', restored })
      } catch (error) {
        if (!(error instanceof StorageFailure)) throw error
        setRestoring({ phase: 'full' })
      }
    },
    [openBackup, file, total],
  )
  return { restoring, restore }
}
