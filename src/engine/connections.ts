import { type Connection, herSampling } from '#core/connection.ts'
import type { ConnectionId } from '#core/ids.ts'
import type { KeyRingPort } from '#ports/key-ring.ts'
import type { ConnectPort, Discovery } from '#ports/model.ts'
import type { Change, StoragePort } from '#ports/storage.ts'
import { edit, editing } from './changes.ts'

export interface Connections {
  /** What is at an address. Fails with a `ModelFailure`. */
  discover(address: string, key: string | undefined, signal: AbortSignal): Promise<Discovery>
  /**
   * Tests a model that was discovered, keeps the connection (and its key, apart) and puts it in use. The same model at
   * the same address again, say with another key, is the same connection.
   */
  connect(choice: Choice, signal: AbortSignal, onStep: (step: string) => void): Promise<Connection>
  /** Puts a connection, or with `demo` the built-in model, in use. */
  use(id: ConnectionId): Promise<void>
  change(id: ConnectionId, change: (connection: Connection) => Connection): Promise<void>
  /** Removes a connection and its key. Gives the way back, for as long as the page is open. */
  remove(id: ConnectionId): Promise<() => Promise<void>>
}

export interface Choice {
  readonly discovery: Discovery
  readonly model: string
  readonly key: string | undefined
  /** The key is not to be kept on disk. */
  readonly forgetsKey?: boolean
  readonly name?: string
  /** Given for a connection that is tested anew. */
  readonly id?: ConnectionId
}

interface Dependencies {
  readonly storage: StoragePort
  readonly keyRing: KeyRingPort
  readonly connectPort: ConnectPort
  readonly now: () => number
  readonly createId: () => string
}

export function createConnections({ storage, keyRing, connectPort, now, createId }: Dependencies): Connections {
  return {
    discover: (address, key, signal) => connectPort.discover(address, key, signal),

    connect: async ({ discovery, model, key, forgetsKey, name, id }, signal, onStep) => {
      const found = await connectPort.test(discovery, model, key, signal, onStep)
      const known = (await storage.list('connections')).find((one) =>
        id ? one.id === id : one.baseUrl === discovery.baseUrl && one.model === model,
      )
      const connectionId = known?.id ?? id ?? (createId() as ConnectionId)
      const tested = (before: Connection | undefined): Connection => ({
        id: connectionId,
        name: name ?? before?.name ?? new URL(discovery.baseUrl).host,
        baseUrl: discovery.baseUrl,
        kind: discovery.kind,
        model,
        transport: found.transport,
        capabilities: found.capabilities,
        sampling: before?.sampling ?? herSampling,
        ...(before?.prompt && { prompt: before.prompt }),
        ...(key && forgetsKey && { forgetsKey }),
        ...(before?.makesAhead && { makesAhead: before.makesAhead }),
        ...(before?.tokenFactor && before.model === model && { tokenFactor: before.tokenFactor }),
        createdAt: before?.createdAt ?? now(),
        testedAt: now(),
      })
      let connection = tested(known)
      await storage.write([
        editing('connections', connectionId, (before) => {
          connection = tested(before)
          return connection
        }),
        ...(key ? [await keep(connectionId, key, forgetsKey === true)] : []),
        { type: 'put', table: 'settings', row: { name: 'connection', value: connectionId } },
      ])
      return connection
    },

    use: (id) => storage.write([{ type: 'put', table: 'settings', row: { name: 'connection', value: id } }]),

    change: (id, change) => storage.write([edit('connections', id, change)]),

    remove: async (id) => {
      const [connection, key, inUse] = await Promise.all([
        storage.get('connections', id),
        storage.get('keys', id),
        storage.get('settings', 'connection'),
      ])
      // One that is in memory alone is given back from there; one on disk goes back as it lay there, unread.
      const held = connection?.forgetsKey ? await keyRing.get(id).catch(() => undefined) : undefined
      await keyRing.drop(id)
      await storage.write([
        { type: 'delete', table: 'connections', key: id },
        { type: 'delete', table: 'keys', key: id },
        ...(inUse?.value === id ? [{ type: 'delete', table: 'settings', key: 'connection' } as const] : []),
      ])
      return async () => {
        if (!connection) return
        if (held) await keyRing.hold(id, held)
        await storage.write([
          { type: 'put', table: 'connections', row: connection },
          ...(key ? [{ type: 'put', table: 'keys', row: key } as const] : []),
          // What was put in use meanwhile stays in use.
          ...(inUse?.value === id ? [editing('settings', 'connection', (now) => now ?? inUse)] : []),
        ])
      }
    },
  }

  async function keep(connectionId: ConnectionId, key: string, forgets: boolean): Promise<Change> {
    if (!forgets) return { type: 'put', table: 'keys', row: await keyRing.seal(connectionId, key) }
    await keyRing.hold(connectionId, key)
    return { type: 'delete', table: 'keys', key: connectionId }
  }
}
