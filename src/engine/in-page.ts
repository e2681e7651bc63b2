import type { Connection } from '#core/connection.ts'
import { inPageConnection, inPageConnectionId } from '#core/in-page/in-page-connection.ts'
import type { Weights } from '#core/in-page/weights.ts'
import type { InPagePort, WeightsPort } from '#ports/in-page.ts'
import type { StoragePort } from '#ports/storage.ts'

/** The models that run in this page, and the connections to them. */
export interface InPageModels extends Pick<InPagePort, 'engine' | 'look'>, Omit<WeightsPort, 'remove'> {
  /** Puts a model in use, as it was adjusted before. It is loaded when a reply is first asked of it. */
  use(weights: Weights): Promise<Connection>
  /** Takes weights off the disk, and the connection to them. */
  remove(name: string): Promise<void>
}

interface Dependencies {
  readonly storage: StoragePort
  readonly port: InPagePort
  readonly now: () => number
}

export function createInPageModels({ storage, port: { weights, engine, look }, now }: Dependencies): InPageModels {
  const { list, lookUp, download, take } = weights
  return {
    engine,
    look,
    list,
    lookUp,
    download,
    take,
    use: async (chosen) => {
      const made = inPageConnection(chosen, now())
      const connection = (await storage.get('connections', made.id)) ?? made
      await storage.write([
        { type: 'put', table: 'connections', row: connection },
        { type: 'put', table: 'settings', row: { name: 'connection', value: connection.id } },
      ])
      return connection
    },
    remove: async (name) => {
      const status = engine.status()
      if (status.phase !== 'off' && status.model === name) engine.unload()
      await weights.remove(name)
      const id = inPageConnectionId(name)
      const inUse = await storage.get('settings', 'connection')
      await storage.write([
        { type: 'delete', table: 'connections', key: id },
        ...(inUse?.value === id ? [{ type: 'delete', table: 'settings', key: 'connection' } as const] : []),
      ])
    },
  }
}
