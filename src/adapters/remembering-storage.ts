import { keyOf, type StoragePort, type TableName } from '#ports/storage.ts'

/** Tables of which every reply reads a row; of the others a row is read to be shown, or is large. */
const remembered: ReadonlySet<TableName> = new Set([
  'conversations',
  'characters',
  'personas',
  'settings',
  'connections',
  'keys',
  'memories',
])

/** Tables that every reply reads as a whole: seldom written, and mostly empty. */
const rememberedWhole: ReadonlySet<TableName> = new Set(['lorebooks'])

/**
 * A storage that reads the rows every reply needs once, and again when they change here or in another tab. On disk each
 * read waits its turn behind what the page has to draw: one after the other they took longer than the prompt.
 */
export function createRememberingStorage<Storage extends StoragePort>(storage: Storage): Storage {
  const rows = new Map<string, Promise<unknown>>()
  const tables = new Map<TableName, Promise<unknown>>()
  const nameOf = (table: TableName, key: unknown) => `${table} ${String(key)}`
  storage.onChange((changes) => {
    for (const change of changes) {
      tables.delete(change.table)
      rows.delete(nameOf(change.table, change.type === 'delete' ? change.key : keyOf(change)))
    }
  })

  const get: StoragePort['get'] = (table, key) => {
    if (!remembered.has(table)) return storage.get(table, key)
    const name = nameOf(table, key)
    const known = rows.get(name) as ReturnType<typeof storage.get<typeof table>> | undefined
    if (known) return known
    const row = storage.get(table, key)
    rows.set(name, row)
    // A read that failed says nothing of the row.
    row.catch(() => rows.delete(name))
    return row
  }

  const list: StoragePort['list'] = (table) => {
    if (!rememberedWhole.has(table)) return storage.list(table)
    const known = tables.get(table) as ReturnType<typeof storage.list<typeof table>> | undefined
    if (known) return known
    const all = storage.list(table)
    tables.set(table, all)
    all.catch(() => tables.delete(table))
    return all
  }
  return { ...storage, get, list }
}
