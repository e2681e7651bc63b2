import type { CardHistory } from '#core/cards/card-history.ts'
import { type CatalogueEntry, catalogueEntry } from '#core/cards/catalogue.ts'
import type { Character } from '#core/cards/character.ts'
import type { Connection } from '#core/connection.ts'
import type { Conversation, Persona } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConnectionId, ConversationId, FileId, JobId, TurnId } from '#core/ids.ts'
import type { Job, JobRecord } from '#core/job.ts'
import type { KeptLorebook } from '#core/lorebook/kept-lorebook.ts'
import type { KeptScene } from '#core/scene-file/kept-scene.ts'
import type { StoryMemory } from '#core/story/story-memory.ts'
import type { Preference } from '#core/taste/preference.ts'

/** A picture or a card file, as it came. */
export interface StoredFile {
  readonly id: FileId
  readonly blob: Blob
}

/** A key in a box that a passphrase opens (AES-GCM), and how that is made a key. It seals the rows that name its id. */
export interface KeyVault {
  readonly version: 1
  /** Another for each passphrase that is set. */
  readonly id: string
  readonly kdf: 'PBKDF2-HMAC-SHA-256'
  readonly iterations: number
  readonly salt: Uint8Array<ArrayBuffer>
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly data: Uint8Array<ArrayBuffer>
}

/** Where the vault lies: among the keys, so that it changes in one write with all that it seals. */
export const vaultRow = '*passphrase' as ConnectionId

/**
 * Where it is written that everything is sealed: among the keys, which no backup reads. `sealing` and `opening`: it was
 * begun, and is gone on with before anything else.
 */
export const everythingRow = '*everything' as ConnectionId

/** The key that all rows but the keys are sealed with, in the box that the passphrase opens. */
export interface DiskLock {
  readonly connectionId: ConnectionId
  readonly vault: KeyVault
  readonly phase: 'sealing' | 'sealed' | 'opening'
}

/** Tells it from an API key. */
export function isDiskLock(row: StoredKey | undefined): row is DiskLock {
  return row !== undefined && 'vault' in row && row.phase !== undefined
}

/** An API key. A table of its own, which no export and no other table's reader touches. */
export type StoredKey = { readonly connectionId: ConnectionId } & (
  | {
      readonly sealed: {
        readonly nonce: Uint8Array<ArrayBuffer>
        readonly data: Uint8Array<ArrayBuffer>
        /** The vault whose key it is sealed with; the device's own, where none is named. */
        readonly vault?: string
      }
    }
  /** Not encrypted: the origin has no encryption, or the row is older than ours. */
  | { readonly key: string }
  /** No key of a connection (`vaultRow`, `everythingRow`): what others are sealed with. */
  | { readonly vault: KeyVault; readonly phase?: DiskLock['phase'] }
)

/** A named value that belongs to the whole app (which connection is in use, say). */
export interface Setting {
  readonly name: string
  readonly value: string
}

/** Every table and the row it holds. */
export interface Tables {
  characters: Character
  files: StoredFile
  conversations: Conversation
  turns: Turn
  personas: Persona
  connections: Connection
  keys: StoredKey
  settings: Setting
  lorebooks: KeptLorebook
  memories: StoryMemory
  cardHistories: CardHistory
  scenes: KeptScene
  preferences: Preference
  jobs: Job
  jobRecords: JobRecord
  /** Written by the storage itself, from `characters`. */
  catalogue: CatalogueEntry
}

export type TableName = keyof Tables

/** Tables that are never read as a whole: their rows lie together by what they hang on, and are read so. */
export type BulkTable = 'turns' | 'jobRecords'

/** The key of a row; a turn is found through its conversation, so that a chat lies together on disk. */
export interface Keys {
  characters: string
  files: string
  conversations: string
  turns: readonly [ConversationId, TurnId]
  personas: string
  connections: string
  keys: string
  settings: string
  lorebooks: string
  memories: string
  cardHistories: string
  scenes: string
  preferences: string
  jobs: string
  jobRecords: readonly [JobId, string]
  catalogue: string
}

/** One row put or deleted. */
export type Change = {
  [Table in TableName]:
    | { readonly type: 'put'; readonly table: Table; readonly row: Tables[Table] }
    | { readonly type: 'delete'; readonly table: Table; readonly key: Keys[Table] }
}[TableName]

/**
 * What becomes of a row as it is when it is written, whoever wrote it last: another tab may have, since it was read. Where
 * all that is known of a row is what was read earlier, it is edited and never put.
 */
export type Edit = {
  [Table in TableName]: {
    readonly type: 'edit'
    readonly table: Table
    readonly key: Keys[Table]
    /**
     * Gives the row that is to be put; nothing, or the very row, where there is nothing to write. Called in the order of the
     * edits and perhaps again, until nobody came between; what it throws fails the whole write.
     */
    readonly edit: (row: Tables[Table] | undefined) => Tables[Table] | undefined
  }
}[TableName]

/** What a storage can be asked to write. A row that is edited is not otherwise written by the same write. */
export type Asked = Change | Edit

/**
 * What has to be put and deleted, once the edits are made.
 * @param rows for each edit, at its place, the row that it is of.
 */
export function settle(asked: readonly Asked[], rows: readonly unknown[]): readonly Change[] {
  return withCatalogue(
    asked.flatMap((change, index): Change[] => {
      if (change.type !== 'edit') return [change]
      const row = change.edit(rows[index] as never)
      return row && row !== rows[index] ? [{ type: 'put', table: change.table, row } as Change] : []
    }),
  )
}

/** The key a row is found by. */
export function keyOf({ table, row }: Extract<Change, { type: 'put' }>): Keys[TableName] {
  switch (table) {
    case 'turns':
      return [row.conversationId, row.id]
    case 'jobRecords':
      return [row.jobId, row.key]
    case 'keys':
      return row.connectionId
    case 'settings':
      return row.name
    case 'memories':
      return row.conversationId
    case 'cardHistories':
      return row.characterId
    default:
      return row.id
  }
}

/** The changes, with those of the catalogue that follow from them. What a storage writes, and what it tells. */
function withCatalogue(changes: readonly Change[]): readonly Change[] {
  if (!changes.some(({ table }) => table === 'characters')) return changes
  return changes.flatMap((change): Change[] => {
    if (change.table !== 'characters') return [change]
    return change.type === 'put'
      ? [change, { type: 'put', table: 'catalogue', row: catalogueEntry(change.row) }]
      : [change, { type: 'delete', table: 'catalogue', key: change.key }]
  })
}

/**
 * What could not be read, or was not written: nothing of it was kept. `unavailable`: there is no disk, or none any more.
 * `newer`: what is on it was made by a newer version of the app.
 */
export class StorageFailure extends Error {
  readonly reason: 'full' | 'unavailable' | 'newer'
  constructor(reason: StorageFailure['reason'], detail: string) {
    super(detail)
    this.name = 'StorageFailure'
    this.reason = reason
  }
}

/** A limit that no chat reaches: as much as IndexedDB may be asked for at once. */
export const everyTurn = 2 ** 31 - 1

/** Called while a write goes on; neither is called of one that fails before. */
export interface WriteStages {
  /** The disk has all that it needs: what takes the page's time can be done while it writes. */
  readonly onAsked?: () => void
  /** All is on disk, and nobody was told yet: for what need not wait until it is shown. */
  readonly onDisk?: () => void
}

/** Where rows are kept. */
export interface StoragePort {
  get<Table extends TableName>(table: Table, key: Keys[Table]): Promise<Tables[Table] | undefined>
  list<Table extends Exclude<TableName, BulkTable>>(table: Table): Promise<Tables[Table][]>
  count(table: Exclude<TableName, BulkTable>): Promise<number>
  /** The key of every row. */
  keys(table: Exclude<TableName, BulkTable>): Promise<string[]>
  /**
   * Up to `limit` turns of a chat that were made before `before` (or the newest), oldest first. Turn ids sort by the
   * time they were made.
   */
  turnsBefore(conversationId: ConversationId, before: TurnId | undefined, limit: number): Promise<Turn[]>
  /** What a job found out, by the keys of its steps in their order. */
  recordsOf(jobId: JobId): Promise<JobRecord[]>
  /**
   * All changes or none, on disk when it resolves. Fails with a `StorageFailure`, or with what an edit threw.
   */
  write(changes: readonly Asked[], stages?: WriteStages): Promise<void>
  /** Calls back after each committed write, of this tab (before `write` resolves) and of others. Gives the way out. */
  onChange(listener: (changes: readonly Change[]) => void): () => void
}
