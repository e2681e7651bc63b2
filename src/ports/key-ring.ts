import type { ConnectionId } from '#core/ids.ts'
import type { StoredKey } from './storage.ts'

/** Whether keys need a passphrase (`none` where none is set), and whether it was given in this tab. */
export type KeyLock = 'none' | 'locked' | 'open'

/** Keeps the API keys of connections. No key leaves it but to the model behind its own connection. */
export interface KeyRingPort {
  /**
   * The key of a connection; undefined where it has none, or where the one it had can't be had any more. Fails with a
   * `ModelFailure` of kind `locked` where it needs the passphrase first.
   */
  get(id: ConnectionId): Promise<string | undefined>
  /** The row that keeps a key on disk. Fails as `get` does. */
  seal(id: ConnectionId, key: string): Promise<StoredKey>
  /** Keeps a key in memory alone: it is forgotten when the page is closed. */
  hold(id: ConnectionId, key: string): Promise<void>
  /** Forgets what it holds in memory. */
  drop(id: ConnectionId): Promise<void>
  lockState(): Promise<KeyLock>
  /** False where the passphrase is another. */
  unlock(passphrase: string): Promise<boolean>
  /** Forgets the passphrase and every key that it opened, in all tabs or in this one. */
  lock(where: 'everywhere' | 'here'): Promise<void>
  /**
   * Seals all keys with another passphrase, or with `undefined` with none, in one write. `current` is wanted where there is
   * one; false where it is another.
   */
  changePassphrase(current: string | undefined, next: string | undefined): Promise<boolean>
  /** For who has forgotten the passphrase: takes it away, and the keys that it seals with it. */
  forgetLocked(): Promise<void>
}
