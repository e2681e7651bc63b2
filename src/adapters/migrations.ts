import type { IDBPDatabase, IDBPTransaction } from 'idb'

/**
 * The version this code reads and writes. DO NOT change what a step does once it has landed: people's chats lie in
 * databases it made. A new shape is a new step at the end of `steps`, with a fixture of the old shape in the test.
 */
const steps: readonly ((
  database: IDBPDatabase,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void)[] = [
  // 1: the first shape.
  (database) => {
    for (const table of ['characters', 'files', 'conversations', 'personas', 'connections']) {
      database.createObjectStore(table, { keyPath: 'id' })
    }
    database.createObjectStore('turns', { keyPath: ['conversationId', 'id'] })
    database.createObjectStore('keys', { keyPath: 'connectionId' })
    database.createObjectStore('settings', { keyPath: 'name' })
  },
  // 2: lorebooks of their own, summaries of long chats, what cards were before, scenes that are not yet played, and what
  // lists show of characters (entries that are missing are made when the library is first looked at).
  (database) => {
    database.createObjectStore('lorebooks', { keyPath: 'id' })
    database.createObjectStore('memories', { keyPath: 'conversationId' })
    database.createObjectStore('cardHistories', { keyPath: 'characterId' })
    database.createObjectStore('scenes', { keyPath: 'id' })
    database.createObjectStore('catalogue', { keyPath: 'id' })
  },
  // 3: which of two takes was preferred, and work that goes on for longer than a page is open.
  (database) => {
    database.createObjectStore('preferences', { keyPath: 'id' })
    database.createObjectStore('jobs', { keyPath: 'id' })
    database.createObjectStore('jobRecords', { keyPath: ['jobId', 'key'] })
  },
]

export const databaseVersion = steps.length

/** Brings a database from `oldVersion` (0 for none) to `databaseVersion`, inside the upgrade's own transaction. */
export function migrate(
  database: IDBPDatabase,
  oldVersion: number,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
): void {
  for (const step of steps.slice(oldVersion)) step(database, transaction)
}
