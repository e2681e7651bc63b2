import { useCallback, useEffect, useState } from 'react'
import type { BackupContents } from '#core/backup/backup-contents.ts'
import type { BackupError } from '#core/backup/backup-file.ts'
import type { Restored } from '#engine/backup.ts'
import { StorageFailure } from '#ports/storage.ts'
import { useServices } from './services.tsx'

/** How far a backup has come on its way back in. */
export type Restoring =
  | { readonly phase: 'examining' }
  /** It wants its passphrase. `isWrong`: another was given. */
  | { readonly phase: 'sealed'; readonly isWrong: boolean }
  | { readonly phase: 'refused'; readonly error: BackupError }
  | { readonly phase: 'ready'; readonly contents: BackupContents }
  | { readonly phase: 'restoring'; readonly done: number; readonly total: number }
  | { readonly phase: 'done'; readonly restored: Restored }
  /** The disk took no more: what was written before is there, whole chats each. */
  | { readonly phase: 'full' }

/** Looks a backup through, and restores it when that is wanted. */
export function useRestore(file: Blob): {
  readonly restoring: Restoring
  readonly open: (passphrase: string) => Promise<void>
  readonly restore: (differing: 'ours' | 'theirs') => Promise<void>
} {
  const { openBackup } = useServices()
  const [restoring, setRestoring] = useState<Restoring>({ phase: 'examining' })
  /** What was in a sealed one. */
  const [opened, setOpened] = useState<Blob>()
  const plain = opened ?? file
  useEffect(() => {
    let isWanted = true
    void (async () => {
      const { backup, files } = await openBackup()
      const isSealed = await files.isSealed(plain)
      if (isSealed) {
        if (isWanted) setRestoring({ phase: 'sealed', isWrong: false })
        return
      }
      const examined = await backup.examine(files.unpack(plain))
      if (!isWanted) return
      setRestoring(
        examined.ok ? { phase: 'ready', contents: examined.value } : { phase: 'refused', error: examined.error },
      )
    })()
    return () => {
      isWanted = false
    }
  }, [openBackup, plain])

  const open = useCallback(
    async (passphrase: string) => {
      setRestoring({ phase: 'examining' })
      const { files } = await openBackup()
      const content = await files.open(file, passphrase)
      if (content) setOpened(content)
      else setRestoring({ phase: 'sealed', isWrong: true })
    },
    [openBackup, file],
  )

  const total = restoring.phase === 'ready' ? restoring.contents.total : 0
  const restore = useCallback(
    async (differing: 'ours' | 'theirs') => {
      setRestoring({ phase: 'restoring', done: 0, total })
      const { backup, files } = await openBackup()
      try {
        const restored = await backup.restore(files.unpack(plain), differing, (done) =>
          setRestoring({ phase: 'restoring', done, total }),
        )
        setRestoring({ phase: 'done', restored })
      } catch (error) {
        if (!(error instanceof StorageFailure)) throw error
        setRestoring({ phase: 'full' })
      }
    },
    [openBackup, plain, total],
  )
  return { restoring, open, restore }
}
