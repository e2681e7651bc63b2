import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { ConversationId, JobId, TurnId } from '#core/ids.ts'
import { StorageFailure, type Tables } from '#ports/storage.ts'
import { databaseVersion, migrate } from './migrations.ts'

/** The database, its tables as `migrations.ts` makes them. */
export interface Schema extends DBSchema {
  characters: { key: string; value: Tables['characters'] }
  files: { key: string; value: Tables['files'] }
  conversations: { key: string; value: Tables['conversations'] }
  turns: { key: [ConversationId, TurnId]; value: Tables['turns'] }
  personas: { key: string; value: Tables['personas'] }
  connections: { key: string; value: Tables['connections'] }
  keys: { key: string; value: Tables['keys'] }
  settings: { key: string; value: Tables['settings'] }
  lorebooks: { key: string; value: Tables['lorebooks'] }
  memories: { key: string; value: Tables['memories'] }
  cardHistories: { key: string; value: Tables['cardHistories'] }
  scenes: { key: string; value: Tables['scenes'] }
  preferences: { key: string; value: Tables['preferences'] }
  jobs: { key: string; value: Tables['jobs'] }
  jobRecords: { key: [JobId, string]; value: Tables['jobRecords'] }
  catalogue: { key: string; value: Tables['catalogue'] }
}

/** What befalls a database that is open. */
export interface DatabaseEvents {
  /** Another tab wants to open a newer version of the database: this one has let go, and must be reloaded. */
  readonly onOutdated?: () => void
  /** The database was deleted or closed beneath the page: nothing can be read or written any more. */
  readonly onLost?: () => void
  /** Another tab holds on to an older version of the database; it is opened once that tab lets go. */
  readonly onBlocked?: () => void
  /** There was none, and it was made. */
  readonly onCreated?: () => void
}

/** Opens the database, brought up to the version of this code. Fails with a `StorageFailure`. */
export async function openDatabase(
  name: string,
  { onOutdated, onLost, onBlocked, onCreated }: DatabaseEvents = {},
): Promise<IDBPDatabase<Schema>> {
  return failing(() =>
    openDB<Schema>(name, databaseVersion, {
      upgrade: (database, oldVersion, _newVersion, transaction) => {
        migrate(database as unknown as IDBPDatabase, oldVersion, transaction as never)
        if (oldVersion === 0) onCreated?.()
      },
      blocking: (_current, wanted, event) => {
        ;(event.target as IDBDatabase).close()
        if (wanted === null) onLost?.()
        else onOutdated?.()
      },
      blocked: () => onBlocked?.(),
      terminated: () => onLost?.(),
    }),
  )
}

/** Does something with the database; what it refuses is told as a `StorageFailure`. */
export async function failing<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DOMException) throw new StorageFailure(reasonOf(error), error.message)
    throw error
  }
}

function reasonOf({ name }: DOMException): StorageFailure['reason'] {
  switch (name) {
    case 'QuotaExceededError':
      return 'full'
    case 'VersionError':
      return 'newer'
    default:
      return 'unavailable'
  }
}
