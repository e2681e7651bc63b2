import { useQueryClient } from '@tanstack/react-query'
import { StorageFailure } from '#ports/storage.ts'
import { useServices } from './services.tsx'

/** What came of a change of the passphrase. Of all but `done` nothing was changed. */
export type ChangeOutcome = 'done' | 'wrong' | 'not-saved'

/** What can be done about the passphrase. */
export function useKeyLockActions() {
  const { keyRing } = useServices()
  const queryClient = useQueryClient()
  const refreshing = async <Done>(work: Promise<Done>): Promise<Done> => {
    const done = await work
    await queryClient.invalidateQueries({ queryKey: ['keys'] })
    return done
  }
  return {
    unlock: (passphrase: string) => refreshing(keyRing.unlock(passphrase)),
    lock: () => refreshing(keyRing.lock('everywhere')),
    change: async (current: string | undefined, next: string | undefined): Promise<ChangeOutcome> => {
      try {
        return (await refreshing(keyRing.changePassphrase(current, next))) ? 'done' : 'wrong'
      } catch (error) {
        if (!(error instanceof StorageFailure)) throw error
        return 'not-saved'
      }
    },
    forget: () => refreshing(keyRing.forgetLocked()),
  }
}
