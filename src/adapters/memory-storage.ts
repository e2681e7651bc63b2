import type { Turn } from '#core/conversation/turn.ts'
import { type Change, type Keys, keyOf, type StoragePort, settle, type TableName, type Tables } from '#ports/storage.ts'

/** A storage that forgets: for tests, and for browsers that give us no disk. */
export function createMemoryStorage(): StoragePort {
  const rowsByTable = new Map<TableName, Map<string, unknown>>()
  const listeners = new Set<(changes: readonly Change[]) => void>()

  function rowsOf<Table extends TableName>(table: Table): Map<string, Tables[Table]> {
    let rows = rowsByTable.get(table)
    if (!rows) {
      rows = new Map()
      rowsByTable.set(table, rows)
    }
    return rows as Map<string, Tables[Table]>
  }

  return {
    get: async (table, key) => rowsOf(table).get(keyToString(key)),
    list: async (table) => [...rowsOf(table).values()],
    count: async (table) => rowsOf(table).size,
    keys: async (table) => [...rowsOf(table).keys()],
    turnsBefore: async (conversationId, before, limit) => {
      const turns = [...rowsOf('turns').values()]
        .filter((turn: Turn) => turn.conversationId === conversationId && (before === undefined || turn.id < before))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
      return turns.slice(Math.max(0, turns.length - limit))
    },
    recordsOf: async (jobId) =>
      [...rowsOf('jobRecords').values()]
        .filter((record) => record.jobId === jobId)
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    write: async (asked, { onAsked, onDisk } = {}) => {
      const rows = asked.map((each) =>
        each.type === 'edit' ? rowsOf(each.table).get(keyToString(each.key)) : undefined,
      )
      const copies = structuredClone(settle(asked, rows)) as readonly Change[]
      if (copies.length === 0) return onDisk?.()
      for (const change of copies) {
        if (change.type === 'put') rowsOf(change.table).set(keyToString(keyOf(change)), change.row)
        else rowsOf(change.table).delete(keyToString(change.key))
      }
      onAsked?.()
      onDisk?.()
      // As from a disk: whoever writes goes on first.
      await undefined
      for (const listener of listeners) listener(copies)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function keyToString(key: Keys[TableName]): string {
  return typeof key === 'string' ? key : key.join('\n')
}
