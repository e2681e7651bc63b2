import { useQuery } from '@tanstack/react-query'
import type { Connection } from '#core/connection.ts'
import { demoConnection } from '#core/demo-connection.ts'
import { useServices } from './services.tsx'

export function useConnections(): readonly Connection[] | undefined {
  const { storage } = useServices()
  return useQuery({ queryKey: ['connections'], queryFn: () => storage.list('connections') }).data
}

/** The connection replies are asked of; the demo until another was chosen, undefined while it is read. */
export function useActiveConnection(): Connection | undefined {
  const { storage } = useServices()
  const connections = useConnections()
  const chosen = useQuery({
    queryKey: ['settings', 'connection'],
    queryFn: async () => (await storage.get('settings', 'connection')) ?? null,
  }).data
  if (!connections || chosen === undefined) return undefined
  return connections.find((one) => one.id === chosen?.value) ?? demoConnection
}

/** The endpoint the server of this page forwards to; null when it was given none. */
export function useServerModel() {
  const { serverModel } = useServices()
  return useQuery({ queryKey: ['server-model'], queryFn: serverModel }).data
}
