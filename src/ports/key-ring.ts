import type { ConnectionId } from '#core/ids.ts'
import type { StoredKey } from './storage.ts'

/** Keeps the API keys of connections. No key leaves it but to the model behind its own connection. */
export interface KeyRingPort {
  /** The key of a connection; undefined where it has none, or where the one it had can't be had any more. */
  get(id: ConnectionId): Promise<string | undefined>
  /** The row that keeps a key on disk. */
  seal(id: ConnectionId, key: string): Promise<StoredKey>
  /** Keeps a key in memory alone: it is forgotten when the page is closed. */
  hold(id: ConnectionId, key: string): Promise<void>
  /** Forgets what it holds in memory. */
  drop(id: ConnectionId): Promise<void>
}
