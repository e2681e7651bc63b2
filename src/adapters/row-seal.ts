import { type Asked, type Change, keyOf, StorageFailure, settle, type TableName, type Tables } from '#ports/storage.ts'
import { bytesOf, nonceLength } from './passphrase.ts'

/** Seals rows before they are written and opens those that are read. Rows that are not sealed are left as they are. */
export interface RowSeal {
  closeChanges(changes: readonly Change[]): Promise<readonly Change[]>
  openChanges(changes: readonly Change[]): Promise<readonly Change[]>
  openRows<Table extends TableName>(table: Table, rows: readonly Tables[Table][]): Promise<Tables[Table][]>
  /**
   * Begins a transaction that is to write what was asked for. It is sealed before that, as a transaction ends when nothing
   * is asked of it: that the rows are still what the edits were made of is looked at in the transaction, and if somebody
   * came between, it is all made again.
   * @param before resolves when what was asked for before is on its way.
   */
  begin<Transaction>(
    asked: readonly Asked[],
    before: Promise<void>,
    disk: Disk<Transaction>,
  ): Promise<{
    readonly told: readonly Change[]
    readonly changes: readonly Change[]
    readonly transaction: Transaction
  }>
}

interface Disk<Transaction> {
  /** The rows as they lie on disk that are to be edited, each at the place of its edit. */
  readonly rowsToEdit: (asked: readonly Asked[], transaction?: Transaction) => Promise<readonly unknown[]>
  readonly begin: (asked: readonly Asked[]) => Transaction
  readonly abort: (transaction: Transaction) => void
}

/** What a sealed row has beside what it is found by. */
interface Sealed {
  readonly sealed: { readonly nonce: Uint8Array<ArrayBuffer>; readonly data: Uint8Array<ArrayBuffer> }
}

/** What a row is found by stays outside of its seal; all else is inside. */
const outside: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  turns: ['conversationId', 'id'],
  jobRecords: ['jobId', 'key'],
  settings: ['name'],
  memories: ['conversationId'],
  cardHistories: ['characterId'],
}

/**
 * Rows under AES-GCM, each by itself with a nonce of its own; its table and key are authenticated with it, so that no row
 * can be put in the place of another. API keys are not among them: they have a seal of their own (`key-ring.ts`).
 * @param key AES-GCM, 256 bits.
 */
export function createRowSeal(key: CryptoKey): RowSeal {
  async function close(change: Change): Promise<Change> {
    if (change.type === 'delete' || change.table === 'keys' || isSealed(change.row)) return change
    const nonce = crypto.getRandomValues(new Uint8Array(nonceLength))
    const bytes =
      change.table === 'files' ? await bytesOfFile(change.row) : bytesOf(JSON.stringify(change.row, refuseFunctions))
    const data = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: nonce, additionalData: placeOf(change) },
      key,
      bytes,
    )
    const names = outside[change.table] ?? ['id']
    const found = Object.fromEntries(names.map((name) => [name, change.row[name as never]]))
    return { ...change, row: { ...found, sealed: { nonce, data: new Uint8Array(data) } } } as unknown as Change
  }

  async function open<Table extends TableName>(table: Table, row: Tables[Table]): Promise<Tables[Table]> {
    if (table === 'keys' || !isSealed(row)) return row
    const { nonce, data } = row.sealed
    const place = placeOf({ type: 'put', table, row } as unknown as Extract<Change, { type: 'put' }>)
    const bytes = await crypto.subtle
      .decrypt({ name: 'AES-GCM', iv: nonce, additionalData: place }, key, data)
      .catch((error: unknown) => {
        // It was changed on disk, or put in another's place: it is not what we wrote.
        throw new StorageFailure('unavailable', `A sealed row of ${table} can’t be opened: ${String(error)}`)
      })
    if (table === 'files') return fileOf(String(row['id' as never]), new Uint8Array(bytes)) as unknown as Tables[Table]
    return JSON.parse(new TextDecoder().decode(bytes)) as Tables[Table]
  }

  const closeChanges = (changes: readonly Change[]) => Promise.all(changes.map(close))

  return {
    closeChanges,
    begin: async (asked, before, { rowsToEdit, begin, abort }) => {
      const isEdit = asked.some(({ type }) => type === 'edit')
      if (isEdit) await before
      for (;;) {
        const rows = await rowsToEdit(asked)
        const opened = asked.map(({ table }, index) => rows[index] && open(table, rows[index] as never))
        const told = settle(asked, await Promise.all(opened))
        const [changes] = await Promise.all([closeChanges(told), before])
        const transaction = begin(asked)
        const current = isEdit ? await rowsToEdit(asked, transaction) : rows
        if (current.every((row, index) => stampOf(row) === stampOf(rows[index]))) return { told, changes, transaction }
        abort(transaction)
      }
    },
    openChanges: (changes) =>
      Promise.all(
        changes.map(async (change) =>
          change.type === 'put' ? ({ ...change, row: await open(change.table, change.row) } as Change) : change,
        ),
      ),
    openRows: (table, rows) => Promise.all(rows.map((row) => open(table, row))),
  }
}

/** A row that could not be written as it is must not be written otherwise. */
function refuseFunctions(_name: string, value: unknown): unknown {
  if (typeof value === 'function') throw new TypeError('A function can’t be kept')
  return value
}

function isSealed(row: object): row is Sealed {
  return 'sealed' in row
}

/** Tells a row from what another write made of it: a sealed one has a nonce of its own each time. */
function stampOf(row: unknown): string | undefined {
  return JSON.stringify((row as Partial<Sealed> | undefined)?.sealed?.nonce ?? row)
}

function placeOf(change: Extract<Change, { type: 'put' }>): Uint8Array<ArrayBuffer> {
  return bytesOf(JSON.stringify(['subtext row 1', change.table, keyOf(change)]))
}

/** The media type, a line end, the bytes. */
async function bytesOfFile({ blob }: Tables['files']): Promise<Uint8Array<ArrayBuffer>> {
  const type = bytesOf(`${blob.type}\n`)
  const bytes = new Uint8Array(type.length + blob.size)
  bytes.set(type)
  bytes.set(new Uint8Array(await blob.arrayBuffer()), type.length)
  return bytes
}

function fileOf(id: string, bytes: Uint8Array<ArrayBuffer>) {
  const end = bytes.indexOf(0x0a)
  const type = new TextDecoder().decode(bytes.subarray(0, end))
  return { id, blob: new Blob([bytes.subarray(end + 1)], { type }) }
}
