import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { KeyLock } from '#ports/key-ring.ts'
import { StorageFailure, vaultRow } from '#ports/storage.ts'
import { useServices } from './services.tsx'

/** Shorter ones are guessed in no time by whoever has the disk. */
export const shortestPassphrase = 10

/** Whether keys need a passphrase, and whether it was given; undefined while that is looked up. */
export function useKeyLock(): KeyLock | undefined {
  const { storage, keyRing } = useServices()
  const queryClient = useQueryClient()
  useEffect(() => {
    // Another tab has locked them all.
    const tabs = new BroadcastChannel('subtext-lock')
    tabs.onmessage = () => void keyRing.lock('here').then(() => queryClient.invalidateQueries({ queryKey: ['keys'] }))
    return () => tabs.close()
  }, [keyRing, queryClient])
  return useQuery({
    // Read again when a key changes on disk, here or in another tab.
    queryKey: ['keys', 'lock'],
    // Who set none needs no code for it.
    queryFn: async () => ((await storage.get('keys', vaultRow)) ? keyRing.lockState() : 'none'),
  }).data
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
