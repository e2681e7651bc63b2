import {
  type Asked,
  type Change,
  type DiskLock,
  everythingRow,
  isDiskLock,
  type StoragePort,
  settle,
  type TableName,
  type Tables,
} from '#ports/storage.ts'
import { type DatabaseEvents, failing, openDatabase } from './open-database.ts'
import type { RowSeal } from './row-seal.ts'

/** Rows asked for at once in one write. */
const batchSize = 250

interface Options extends DatabaseEvents {
  readonly name?: string
  /** The rows are sealed: gives what opens them, or undefined when they were opened. Nothing else is read before that. */
  readonly unlock?: (lock: DiskLock) => Promise<RowSeal | undefined>
  /** Another tab has begun to seal the rows, or to take the seal away: this one must be reloaded. */
  readonly onSealChanged?: () => void
  /** Nothing is written before. */
  readonly writableWhen?: Promise<void>
}

/**
 * Rows in IndexedDB, with a feed of what changed. Other tabs are told through a `BroadcastChannel`, so each follows
 * what the others write.
 */
export async function openIndexedDbStorage({
  name = 'subtext',
  unlock,
  onSealChanged,
  writableWhen,
  ...events
}: Options = {}): Promise<StoragePort & { readonly close: () => void }> {
  const database = await openDatabase(name, events)
  const lock = await failing(() => database.get('keys', everythingRow))
  const seal = isDiskLock(lock) && unlock ? await unlock(lock) : undefined
  const listeners = new Set<(changes: readonly Change[]) => void>()
  const channel = new BroadcastChannel(`${name}-changes`)
  const tell = (changes: readonly Change[]) => {
    for (const listener of listeners) listener(changes)
  }
  // One after the other: what is sealed is opened before it is told.
  let telling: Promise<void> = Promise.resolve()
  channel.onmessage = ({ data }: MessageEvent<readonly Change[]>) => {
    if (data.some(({ table, ...change }) => table === 'keys' && isOfLock(change))) return onSealChanged?.()
    if (!seal) return tell(data)
    telling = telling.then(async () => tell(await seal.openChanges(data)))
  }
  let held = writableWhen?.then(() => {
    held = undefined
  })
  /** Resolves when what was to be written is on its way: what is asked for after it comes after it, as if at once. */
  let order = (seal && held) ?? Promise.resolve()
  const opened = <Table extends TableName>(table: Table, rows: Promise<Tables[Table][]>) =>
    seal ? rows.then((sealed) => seal.openRows(table, sealed)) : rows

  const begin = (asked: readonly Asked[]) => {
    const tables = new Set(asked.map(({ table }) => table))
    if (tables.has('characters')) tables.add('catalogue')
    return database.transaction([...tables], 'readwrite')
  }

  type Writing = ReturnType<typeof begin>

  /** The rows as they lie on disk that are to be edited, each at the place of its edit. */
  const rowsToEdit = (asked: readonly Asked[], transaction?: Writing) =>
    Promise.all(
      asked.map((each) => {
        if (each.type !== 'edit') return undefined
        const store = transaction?.objectStore(each.table as TableName)
        return store ? store.get(each.key as never) : database.get(each.table, each.key as never)
      }),
    )

  return {
    get: async (table, key) => {
      if (seal || held) await order
      return failing(async () => {
        const row = (await database.get(table, key as string)) as Tables[typeof table] | undefined
        return seal && row ? (await seal.openRows(table, [row]))[0] : row
      })
    },
    list: async (table) => {
      if (seal || held) await order
      return failing(() => opened(table, database.getAll(table) as Promise<Tables[typeof table][]>))
    },
    count: (table) => failing(() => database.count(table)),
    keys: (table) => failing(() => database.getAllKeys(table)),
    turnsBefore: async (conversationId, before, limit) => {
      if (seal || held) await order
      return failing(async () => {
        // Arrays sort after strings, so an array as the upper end stands for "any turn id".
        const upper = [conversationId, before ?? []]
        const store = database.transaction('turns').store
        const newest = await store.openKeyCursor(IDBKeyRange.bound([conversationId], upper, false, true), 'prev')
        if (!newest) return []
        // One jump instead of a step per row: the key that lies `limit` back is all that is needed.
        const first = limit > 1 ? await newest.advance(limit - 1) : newest
        return opened(
          'turns',
          store.getAll(IDBKeyRange.bound(first ? first.key : [conversationId], upper, false, true)),
        )
      })
    },
    recordsOf: async (jobId) => {
      if (seal || held) await order
      // Arrays sort after strings.
      return failing(() => opened('jobRecords', database.getAll('jobRecords', IDBKeyRange.bound([jobId], [jobId, []]))))
    },
    write: async (asked, { onAsked, onDisk } = {}) => {
      if (asked.length === 0) return onDisk?.()
      const before = order
      if (held && !seal) order = held
      let go = () => {}
      if (seal) {
        order = new Promise((resolve) => {
          go = resolve
        })
      }
      let told: readonly Change[] = []
      let changes: readonly Change[] = []
      await failing(async () => {
        let transaction: Writing
        try {
          if (seal) ({ told, changes, transaction } = await seal.begin(asked, before, { rowsToEdit, begin, abort }))
          else {
            if (held) await held
            transaction = begin(asked)
          }
        } finally {
          go()
        }
        const request = (change: Change) => {
          const store = transaction.objectStore(change.table as TableName)
          const asking = change.type === 'put' ? store.put(change.row as never) : store.delete(change.key as never)
          // Told by the transaction, also where a later row could not be asked for.
          asking.catch(() => undefined)
          return asking
        }
        // In batches, so that the page draws while ten thousand rows go in; a transaction ends when nothing is asked of it.
        const requestAll = async () => {
          if (!seal) {
            // Where nothing is edited the disk is asked at once, whatever else the page has to do.
            told = settle(asked, asked.some(({ type }) => type === 'edit') ? await rowsToEdit(asked, transaction) : [])
            changes = told
          }
          for (let start = 0; start < changes.length; start += batchSize) {
            const requests = changes.slice(start, start + batchSize).map(request)
            // All is asked: the disk need not wait until this page has heard of each row.
            if (start + batchSize >= changes.length) {
              transaction.commit()
              onAsked?.()
            }
            await Promise.all(requests)
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
      onDisk?.()
      // Whoever waited for the disk alone has their turn first. No longer than that: what is written is told in its order.
      await undefined
      if (told.length === 0) return
      tell(told)
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

/** A change of the row that says whether rows are sealed. */
function isOfLock(change: { readonly row?: unknown; readonly key?: unknown }): boolean {
  const row = change.row as Tables['keys'] | undefined
  return (row?.connectionId ?? change.key) === everythingRow
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
