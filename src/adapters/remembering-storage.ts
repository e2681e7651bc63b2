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

/** More than any chat needs at once; whoever walks over the whole library must not leave it in memory. */
const mostRows = 300

/**
 * A storage that reads the rows every reply needs once, and again when they change here or in another tab. On disk each
 * read waits its turn behind what the page has to draw: one after the other they took longer than the prompt.
 */
export function createRememberingStorage<Storage extends StoragePort>(storage: Storage): Storage {
  const rows = new Map<string, Promise<unknown>>()
  const nameOf = (table: TableName, key: unknown) => `${table} ${String(key)}`
  storage.onChange((changes) => {
    for (const change of changes) {
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
    if (rows.size > mostRows) rows.delete(rows.keys().next().value ?? '')
    // A read that failed says nothing of the row.
    row.catch(() => rows.delete(name))
    return row
  }
  return { ...storage, get }
}
