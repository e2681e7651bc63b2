import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { ConversationId, JobId, TurnId } from '#core/ids.ts'
import {
  type Change,
  StorageFailure,
  type StoragePort,
  type TableName,
  type Tables,
  withCatalogue,
} from '#ports/storage.ts'
import { databaseVersion, migrate } from './migrations.ts'

interface Schema extends DBSchema {
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

/** Rows asked for at once in one write. */
const batchSize = 250

interface Options {
  readonly name?: string
  /** Another tab wants to open a newer version of the database: this one has let go, and must be reloaded. */
  readonly onOutdated?: () => void
  /** The database was deleted or closed beneath the page: nothing can be read or written any more. */
  readonly onLost?: () => void
  /** Another tab holds on to an older version of the database; it is opened once that tab lets go. */
  readonly onBlocked?: () => void
}

/**
 * Rows in IndexedDB, with a feed of what changed. Other tabs are told through a `BroadcastChannel`, so each follows
 * what the others write.
 */
export async function openIndexedDbStorage({
  name = 'subtext',
  ...options
}: Options = {}): Promise<StoragePort & { readonly close: () => void }> {
  const database = await open(name, options)
  const listeners = new Set<(changes: readonly Change[]) => void>()
  const channel = new BroadcastChannel(`${name}-changes`)
  const tell = (changes: readonly Change[]) => {
    for (const listener of listeners) listener(changes)
  }
  channel.onmessage = (event: MessageEvent<readonly Change[]>) => tell(event.data)

  return {
    get: (table, key) => failing(() => database.get(table, key as string) as Promise<Tables[typeof table] | undefined>),
    list: (table) => failing(() => database.getAll(table) as Promise<Tables[typeof table][]>),
    count: (table) => failing(() => database.count(table)),
    keys: (table) => failing(() => database.getAllKeys(table)),
    turnsBefore: (conversationId, before, limit) =>
      failing(async () => {
        // Arrays sort after strings, so an array as the upper end stands for "any turn id".
        const upper = [conversationId, before ?? []]
        const store = database.transaction('turns').store
        const newest = await store.openKeyCursor(IDBKeyRange.bound([conversationId], upper, false, true), 'prev')
        if (!newest) return []
        // One jump instead of a step per row: the key that lies `limit` back is all that is needed.
        const first = limit > 1 ? await newest.advance(limit - 1) : newest
        return store.getAll(IDBKeyRange.bound(first ? first.key : [conversationId], upper, false, true))
      }),
    // Arrays sort after strings.
    recordsOf: (jobId) => failing(() => database.getAll('jobRecords', IDBKeyRange.bound([jobId], [jobId, []]))),
    write: async (asked) => {
      if (asked.length === 0) return
      const changes = withCatalogue(asked)
      await failing(async () => {
        const transaction = database.transaction([...new Set(changes.map((change) => change.table))], 'readwrite')
        const request = async (change: Change) => {
          const store = transaction.objectStore(change.table as TableName)
          return change.type === 'put' ? store.put(change.row as never) : store.delete(change.key as never)
        }
        // In batches, so that the page draws while ten thousand rows go in; a transaction ends when nothing is asked of it.
        const requestAll = async () => {
          for (let start = 0; start < changes.length; start += batchSize) {
            await Promise.all(changes.slice(start, start + batchSize).map(request))
          }
        }
        try {
          await Promise.all([requestAll(), transaction.done])
        } catch (error) {
          // A row that can't be cloned fails before it is a request, and would leave the others to be committed.
          abort(transaction)
          throw error
        }
      })
      tell(changes)
      channel.postMessage(changes)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      channel.close()
      database.close()
    },
  }
}

async function open(
  name: string,
  { onOutdated, onLost, onBlocked }: Omit<Options, 'name'>,
): Promise<IDBPDatabase<Schema>> {
  return failing(() =>
    openDB<Schema>(name, databaseVersion, {
      upgrade: (database, oldVersion, _newVersion, transaction) =>
        migrate(database as unknown as IDBPDatabase, oldVersion, transaction as never),
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

/** Gives up a transaction, if it has not ended by itself. */
function abort(transaction: { readonly abort: () => void; readonly done: Promise<void> }): void {
  transaction.done.catch(() => undefined)
  try {
    transaction.abort()
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error
  }
}

async function failing<Value>(work: () => Promise<Value>): Promise<Value> {
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
