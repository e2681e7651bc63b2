import type { BackupContents } from '#core/backup/backup-contents.ts'
import {
  type BackupError,
  type BackupHead,
  createBackupReader,
  writeEnd,
  writeFileLines,
  writeHead,
  writeRow,
} from '#core/backup/backup-file.ts'
import { type BackupTable, backupTables, rowKey } from '#core/backup/backup-rows.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId, FileId } from '#core/ids.ts'
import type { JsonRecord } from '#lib/json-value.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type Change, everyTurn, type Keys, type StoragePort, type Tables } from '#ports/storage.ts'
import type { Undo } from './undo.ts'

/** Everything out as one file, and in again. API keys are in none. */
export interface Backup {
  /** The lines of a backup of all there is, one conversation at a time in memory. */
  write(): AsyncGenerator<string>
  /** Looks through a backup and says what it would bring. Writes nothing. */
  examine(lines: AsyncIterable<string>): Promise<Result<BackupContents, BackupError>>
  /**
   * Puts a backup's rows beside what is here: new ones are added; of those that are here and differ, `differing` says
   * which stay. Each chat is one write, so that one that is there is whole. Fails with a `StorageFailure`; what was
   * written before stays, and the same backup restored again goes on from there.
   */
  restore(lines: AsyncIterable<string>, differing: 'ours' | 'theirs', onProgress: OnProgress): Promise<Restored>
}

/** Called with how many rows and files have been gone through. */
export type OnProgress = (done: number) => void

export interface Restored {
  readonly added: number
  readonly replaced: number
  /** It broke off: damaged behind what was restored. */
  readonly failure?: BackupError
  readonly undo: Undo
}

const mostExamples = 5
/** So many changes are written at once, at least. */
const batch = 500

export function createBackup(storage: StoragePort, now: () => number): Backup {
  return { write, examine, restore }

  async function* write(): AsyncGenerator<string> {
    let lines = 0
    const counted = (line: string) => {
      lines += 1
      return line
    }
    const [files, ...lists] = await Promise.all([
      storage.keys('files'),
      ...backupTables.filter(isListed).map(async (table) => ({ table, rows: await storage.list(table) })),
    ])
    const counts = Object.fromEntries([
      ['files', files.length],
      ...lists.map(({ table, rows }) => [table, rows.length]),
    ])
    yield counted(writeHead({ version: 1, createdAt: now(), counts }))
    for (const id of files) {
      const file = await storage.get('files', id)
      if (!file) continue
      const bytes = new Uint8Array(await file.blob.arrayBuffer())
      for (const line of writeFileLines(id, file.blob.type, bytes)) yield counted(line)
    }
    for (const { table, rows } of lists) {
      for (const row of rows) {
        yield counted(writeRow(table, row))
        if (table === 'jobs') {
          for (const record of await storage.recordsOf((row as Tables['jobs']).id))
            yield counted(writeRow('jobRecords', record))
        }
        if (table !== 'conversations') continue
        // What a chat is made of follows it, so that it can be read as one.
        const { id } = row as Tables['conversations']
        for (const turn of await storage.turnsBefore(id, undefined, everyTurn)) yield counted(writeRow('turns', turn))
        const memory = await storage.get('memories', id)
        if (memory) yield counted(writeRow('memories', memory))
      }
    }
    yield writeEnd(lines)
  }

  async function examine(lines: AsyncIterable<string>): Promise<Result<BackupContents, BackupError>> {
    const shares: Partial<Record<BackupTable | 'files', { added: number; same: number; differing: number }>> = {}
    const examples: { line: number; why: string }[] = []
    let head: BackupHead | undefined
    let unreadable = 0
    let total = 0
    const failure = await read(lines, {
      onHead: (found) => {
        head = found
      },
      onUnreadable: (example) => {
        unreadable += 1
        if (examples.length < mostExamples) examples.push(example)
      },
      onChanges: async (changes) => {
        for (const { table, before, row } of changes) {
          const share = shares[table] ?? { added: 0, same: 0, differing: 0 }
          shares[table] = share
          share[before === undefined ? 'added' : isSame(before, row) ? 'same' : 'differing'] += 1
          total += 1
        }
      },
    })
    if (failure) return err(failure)
    return ok({ head: head ?? { version: 0, createdAt: 0, counts: {} }, shares, unreadable, examples, total })
  }

  async function restore(lines: AsyncIterable<string>, differing: 'ours' | 'theirs', onProgress: OnProgress) {
    const undone: Change[] = []
    let [added, replaced, done] = [0, 0, 0]
    const failure = await read(lines, {
      onChanges: async (changes) => {
        const writes = changes.filter(({ before, row }) => !before || (differing === 'theirs' && !isSame(before, row)))
        await storage.write(writes.map(({ table, row }) => ({ type: 'put', table, row }) as Change))
        for (const { table, key, before } of writes) {
          undone.push((before ? { type: 'put', table, row: before } : { type: 'delete', table, key }) as Change)
          if (before) replaced += 1
          else added += 1
        }
        done += changes.length
        onProgress(done)
      },
    })
    return {
      added,
      replaced,
      ...(failure && { failure }),
      undo: async () => {
        // What hangs on others goes before them.
        const backwards = undone.splice(0).reverse()
        while (backwards.length > 0) await storage.write(backwards.splice(0, batch))
      },
    }
  }

  /** Reads a backup and gives its rows, each with what is here in its place, a chat with its turns in one. */
  async function read(lines: AsyncIterable<string>, sink: Sink): Promise<BackupError | undefined> {
    const reader = createBackupReader()
    let changes: Found[] = []
    let turnsOf: { readonly id: ConversationId; readonly turns: ReadonlyMap<string, Turn> } | undefined
    const flush = async () => {
      const found = changes
      changes = []
      if (found.length > 0) await sink.onChanges(found)
    }
    const turnHere = async (conversationId: ConversationId, turnId: string) => {
      if (turnsOf?.id !== conversationId) {
        const turns = await storage.turnsBefore(conversationId, undefined, everyTurn)
        turnsOf = { id: conversationId, turns: new Map(turns.map((turn) => [turn.id, turn])) }
      }
      return turnsOf.turns.get(turnId)
    }
    try {
      for await (const line of lines) {
        const pushed = reader.push(line)
        if (!pushed.ok) return pushed.error
        for (const item of pushed.value) {
          if (item.kind === 'head') sink.onHead?.(item.head)
          else if (item.kind === 'unreadable') sink.onUnreadable?.(item)
          else if (item.kind === 'file') {
            const id = item.id as FileId
            const row = { id, blob: new Blob(item.pieces as Uint8Array<ArrayBuffer>[], { type: item.mediaType }) }
            changes.push({ table: 'files', key: id, row, before: await storage.get('files', id) })
            if (changes.length >= 20) await flush()
          } else {
            const { table, row } = item
            const isOfChat = table === 'turns' || table === 'memories'
            if (!isOfChat && (table === 'conversations' || changes.length >= batch)) await flush()
            const key = rowKey(table, row)
            const before =
              table === 'turns'
                ? await turnHere(key[0] as ConversationId, key[1] ?? '')
                : await storage.get(table, key as never)
            changes.push({ table, key: key as Keys[BackupTable], row, before })
          }
        }
      }
    } catch (error) {
      // Unpacking failed: the file is damaged from here on.
      if (!(error instanceof TypeError)) throw error
      await flush()
      return { kind: 'cut', lines: 0 }
    }
    await flush()
    const finished = reader.finish()
    return finished.ok ? undefined : finished.error
  }
}

interface Found {
  readonly table: BackupTable | 'files'
  readonly key: Keys[BackupTable | 'files']
  readonly row: JsonRecord | Tables['files']
  /** What is here in its place. */
  readonly before: unknown
}

interface Sink {
  readonly onHead?: (head: BackupHead) => void
  readonly onUnreadable?: (example: { readonly line: number; readonly why: string }) => void
  readonly onChanges: (changes: readonly Found[]) => Promise<void>
}

/** Tables that are written as lists; turns and memories follow their chat, records their job. */
function isListed(table: BackupTable): table is Exclude<BackupTable, 'turns' | 'memories' | 'jobRecords'> {
  return table !== 'turns' && table !== 'memories' && table !== 'jobRecords'
}

function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Object && 'blob' in one) return true
  return toComparable(one) === toComparable(other)
}

/** Keys in an order of their own: the same row may have been put together otherwise. */
function toComparable(row: unknown): string {
  return JSON.stringify(row, (_key, value: unknown) =>
    value instanceof Object && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  )
}
