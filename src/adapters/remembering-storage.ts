import { type BulkTable, type Change, keyOf, type StoragePort, type TableName } from '#ports/storage.ts'

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
/** More than any chat needs at once; whoever walks over the whole library must not leave it in memory. */
const mostRows = 300

/**
 * A storage that reads the rows every reply needs once, and again when they change here or in another tab. On disk each
 * read waits its turn behind what the page has to draw: one after the other they took longer than the prompt.
 */
export function createRememberingStorage<Storage extends StoragePort>(storage: Storage): Storage {
  const rows = new Map<string, Promise<unknown>>()
  const tables = new Map<TableName, { reading: Promise<unknown[]>; rows?: readonly unknown[] }>()
  const nameOf = (table: TableName, key: unknown) => `${table} ${String(key)}`
  storage.onChange((changes) => {
    for (const change of changes) {
      const table = tables.get(change.table)
      // A read that is under way may have seen the row as it was.
      if (!table?.rows) tables.delete(change.table)
      else tables.set(change.table, known(patched(table.rows, change)))
      // Not remembered as it was written: what another tab tells may come after what was written here since.
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

  const list: StoragePort['list'] = async (name) => {
    if (!rememberedWhole.has(name)) return storage.list(name)
    const table = tables.get(name) ?? read(name)
    return [...((await table.reading) as Awaited<ReturnType<typeof storage.list<typeof name>>>)]
  }

  function read(name: Exclude<TableName, BulkTable>) {
    const table: { reading: Promise<unknown[]>; rows?: readonly unknown[] } = { reading: storage.list(name) }
    tables.set(name, table)
    table.reading.then(
      (rows) => {
        table.rows = rows
      },
      () => tables.delete(name),
    )
    return table
  }
  return { ...storage, get, list }
}

function known(rows: unknown[]) {
  return { reading: Promise.resolve(rows), rows }
}

/** The rows of a table after a change. The others stay the very same, so that what was made from them is there already. */
function patched(rows: readonly unknown[], change: Change): unknown[] {
  const key = change.type === 'delete' ? change.key : keyOf(change)
  const isMeant = (row: unknown) =>
    keyOf({ type: 'put', table: change.table, row } as Extract<Change, { type: 'put' }>) === key
  const others = rows.filter((row) => !isMeant(row))
  return change.type === 'delete' ? others : [...others, change.row]
}
