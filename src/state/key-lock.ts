import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { KeyLock } from '#ports/key-ring.ts'
import { vaultRow } from '#ports/storage.ts'
import { useServices } from './services.tsx'

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
