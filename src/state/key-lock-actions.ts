import { useQueryClient } from '@tanstack/react-query'
import { t } from '#lib/translate.ts'
import { StorageFailure } from '#ports/storage.ts'
import { useServices } from './services.tsx'

/** Shorter ones are guessed in no time by whoever has the disk. */
const shortestPassphrase = 10

/** Why a new passphrase, given twice, can't be taken, in a sentence; undefined where it can. */
export function problemOfPassphrase(words: string, again: string): string | undefined {
  if ([...words].length < shortestPassphrase) {
    return t('Take at least {count} characters; a few words are best.', { count: shortestPassphrase })
  }
  return words === again ? undefined : t('The two are not the same.')
}

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
