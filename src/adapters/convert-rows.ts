import type { IDBPDatabase } from 'idb'
import { type Change, type DiskLock, everythingRow, isDiskLock, type TableName } from '#ports/storage.ts'
import { failing, openDatabase } from './open-database.ts'
import type { RowSeal } from './row-seal.ts'

/** Few enough that pictures of ten megabytes are no matter, and each write is soon over. */
const batchSize = 25

/** What is written of the seal now: another tab may have put it on or taken it away. */
export async function readDiskLock(name = 'subtext'): Promise<DiskLock | undefined> {
  const database = await openDatabase(name)
  try {
    const row = await failing(() => database.get('keys', everythingRow))
    return isDiskLock(row) ? row : undefined
  } finally {
    database.close()
  }
}

/**
 * Seals every row, or opens every row, as the lock's phase says, and writes down that it is done. To be called while
 * no tab has the database in use. A tab that is killed meanwhile leaves rows of both kinds, all of them whole; it is gone
 * on with from there.
 * @param onProgress called with the share that is done, from 0 to 1.
 */
export async function convertRows(
  lock: DiskLock,
  seal: RowSeal,
  onProgress: (share: number) => void,
  name = 'subtext',
): Promise<void> {
  const database = (await openDatabase(name)) as unknown as IDBPDatabase
  try {
    await failing(async () => {
      const tables = [...database.objectStoreNames].filter((table) => table !== 'keys') as TableName[]
      const keysOf = await Promise.all(tables.map((table) => database.getAllKeys(table)))
      const total = keysOf.reduce((sum, keys) => sum + keys.length, 0)
      let done = 0
      for (const [index, table] of tables.entries()) {
        const keys = keysOf[index] ?? []
        for (let start = 0; start < keys.length; start += batchSize) {
          const rows = await Promise.all(keys.slice(start, start + batchSize).map((key) => database.get(table, key)))
          const puts = rows.filter(Boolean).map((row) => ({ type: 'put', table, row }) as Change)
          const changed = await (lock.phase === 'opening' ? seal.openChanges(puts) : seal.closeChanges(puts))
          const transaction = database.transaction(table, 'readwrite')
          for (const change of changed) if (change.type === 'put') void transaction.store.put(change.row)
          await transaction.done
          done += rows.length
          onProgress(done / total)
        }
      }
      if (lock.phase === 'opening') await database.delete('keys', everythingRow)
      else await database.put('keys', { ...lock, phase: 'sealed' } satisfies DiskLock)
    })
  } finally {
    database.close()
  }
}
