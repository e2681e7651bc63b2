import { useQuery } from '@tanstack/react-query'
import { StorageFailure } from '#ports/storage.ts'
import { useServices } from './services.tsx'

/** What came of a change of the passphrase for everything. Of all but `done` nothing was changed. */
export type DiskLockOutcome = 'done' | 'wrong' | 'not-saved'

/** Whether there is a passphrase for everything (undefined until that is known), and what can be done about it. */
export function useDiskLock() {
  const { openDiskLock } = useServices()
  const isSet = useQuery({ queryKey: ['disk-lock'], queryFn: async () => (await openDiskLock()).isSet() }).data
  /** What was done takes effect in a page that is loaded anew, and asks for the passphrase. */
  async function anew(work: Promise<boolean>): Promise<DiskLockOutcome> {
    try {
      if (!(await work)) return 'wrong'
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error
      return 'not-saved'
    }
    window.location.reload()
    return 'done'
  }
  return {
    isSet,
    set: async (passphrase: string) => anew((await openDiskLock()).set(passphrase).then(() => true)),
    change: async (current: string, next: string) => anew((await openDiskLock()).change(current, next)),
    remove: async (current: string) => anew((await openDiskLock()).remove(current)),
    lockNow: async () => {
      ;(await openDiskLock()).lockOthers()
      window.location.reload()
    },
  }
}
