import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Change, Edit, Keys, TableName, Tables } from '#ports/storage.ts'

export function putTurn(row: Turn): Change {
  return { type: 'put', table: 'turns', row }
}

export function putConversation(row: Conversation): Change {
  return { type: 'put', table: 'conversations', row }
}

type Changing<Table extends TableName> = (row: Tables[Table]) => Tables[Table]

/** Changes a row as it is when it is written. Where there is none, nothing of what is written with it is. */
export function edit<Table extends TableName>(table: Table, key: Keys[Table], change: Changing<Table>): Edit {
  return editing(table, key, (row) => {
    if (!row) throw new Error(`No ${key} among the ${table}`)
    return change(row)
  })
}

/** Changes a row as it is when it is written, if there is one. */
export function editIfAny<Table extends TableName>(table: Table, key: Keys[Table], change: Changing<Table>): Edit {
  return editing(table, key, (row) => row && change(row))
}

/** Changes a row as it is when it is written, or makes one. */
export function editing<Table extends TableName>(
  table: Table,
  key: Keys[Table],
  change: (row: Tables[Table] | undefined) => Tables[Table] | undefined,
): Edit {
  return { type: 'edit', table, key, edit: change } as unknown as Edit
}
