import { decodeBase64, encodeBase64 } from '#lib/base64.ts'
import { latin1Bytes, latin1Text } from '#lib/bytes.ts'
import { asNumber, asRecord, asString, isRecord, type JsonRecord } from '#lib/json-value.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import { type BackupTable, isBackupTable, rowProblem } from './backup-rows.ts'

/**
 * A backup is a text of JSON objects, one a line (gzip round it is the adapter's business): a head, then rows and files
 * in any order, then an end that says how many lines there were. Line by line it can be written and read at any length,
 * and a file that was cut off is known by its missing end.
 */
export const backupVersion = 1

/** Bytes of a file in one line; a multiple of three, so that no line ends within a base64 group. */
export const pieceBytes = 3 * 64 * 1024

/** How many there are of what a backup holds; said at its head, for who looks at it. */
export type BackupCounts = Readonly<Record<string, number>>

export interface BackupHead {
  readonly version: number
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly counts: BackupCounts
}

/** Something a backup holds. */
export type BackupItem =
  | { readonly kind: 'head'; readonly head: BackupHead }
  | { readonly kind: 'row'; readonly table: BackupTable; readonly row: JsonRecord }
  | { readonly kind: 'file'; readonly id: string; readonly mediaType: string; readonly pieces: readonly Uint8Array[] }
  /** A line that can't be used, and why. `line` counts from 1. */
  | { readonly kind: 'unreadable'; readonly line: number; readonly why: string }

/** Why a backup can't be read at all. */
export type BackupError =
  | { readonly kind: 'not-a-backup' }
  /** Made by a newer version of the app. */
  | { readonly kind: 'newer'; readonly version: number }
  /** It ends before its end, or what is packed in it is damaged. */
  | { readonly kind: 'cut'; readonly lines: number }

export function writeHead(head: BackupHead): string {
  return JSON.stringify({ subtext: 'backup', ...head })
}

export function writeRow(table: BackupTable, row: unknown): string {
  return JSON.stringify({ table, row })
}

/** The lines of a file: what it is, then its bytes piece by piece. */
export function* writeFileLines(id: string, mediaType: string, bytes: Uint8Array): Generator<string> {
  yield JSON.stringify({ file: id, mediaType, size: bytes.length })
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    yield JSON.stringify({ piece: latin1Text(encodeBase64(bytes.subarray(at, at + pieceBytes))) })
  }
}

/** @param lines how many stand before this one. */
export function writeEnd(lines: number): string {
  return JSON.stringify({ end: lines })
}

/** Reads a backup line by line. */
export interface BackupReader {
  /** What a line brings to an end: nothing while a file is still coming. Fails where no further line is of use. */
  push(line: string): Result<readonly BackupItem[], BackupError>
  /** Every line was pushed. */
  finish(): Result<undefined, BackupError>
}

export function createBackupReader(): BackupReader {
  let lines = 0
  let hasHead = false
  let hasEnded = false
  let file: { id: string; mediaType: string; size: number; pieces: Uint8Array[]; line: number } | undefined

  const unreadable = (why: string, line = lines): BackupItem => ({ kind: 'unreadable', line, why })

  function push(line: string): Result<readonly BackupItem[], BackupError> {
    if (line.trim() === '') return ok([])
    lines += 1
    const object = parse(line)
    if (!hasHead) return readHead(object)
    if (hasEnded) return ok([])
    const piece = object && asString(object['piece'])
    if (piece !== undefined && file) return ok(takePiece(piece))
    const before = endFile()
    if (!object) return ok([...before, unreadable(t('is no JSON object'))])
    const item = take(object)
    return ok(item ? [...before, item] : before)
  }

  function readHead(object: JsonRecord | undefined): Result<readonly BackupItem[], BackupError> {
    const version = object?.['subtext'] === 'backup' ? asNumber(object['version']) : undefined
    if (object === undefined || version === undefined) return err({ kind: 'not-a-backup' })
    if (version > backupVersion) return err({ kind: 'newer', version })
    hasHead = true
    const counts = Object.entries(asRecord(object['counts']) ?? {}).filter(([, count]) => typeof count === 'number')
    const head = { version, createdAt: asNumber(object['createdAt']) ?? 0, counts: Object.fromEntries(counts) }
    return ok([{ kind: 'head', head: head as BackupHead }])
  }

  function take(object: JsonRecord): BackupItem | undefined {
    const id = asString(object['file'])
    if (id !== undefined) {
      file = {
        id,
        mediaType: asString(object['mediaType']) ?? '',
        size: asNumber(object['size']) ?? -1,
        pieces: [],
        line: lines,
      }
      // One without a byte has no pieces that would bring it to an end.
      return file.size === 0 ? endFile()[0] : undefined
    }
    if (typeof object['end'] === 'number') {
      hasEnded = object['end'] === lines - 1
      return undefined
    }
    const { table, row } = object
    if (!isBackupTable(table))
      return unreadable(t('is of no table we know ({table})', { table: String(table).slice(0, 40) }))
    const problem = rowProblem(table, row)
    if (problem !== undefined || !isRecord(row))
      return unreadable(t('is no row of {table} ({problem})', { table, problem: String(problem) }))
    return { kind: 'row', table, row }
  }

  function takePiece(piece: string): BackupItem[] {
    if (!file) return []
    const decoded = decodeBase64(latin1Bytes(piece))
    // A byte that is no base64 leaves the file short, and so it is told below.
    if (decoded.ok) file.pieces.push(decoded.value)
    return sizeOf(file.pieces) >= file.size ? endFile() : []
  }

  function endFile(): BackupItem[] {
    if (!file) return []
    const { id, mediaType, size, pieces, line } = file
    file = undefined
    if (sizeOf(pieces) !== size) return [unreadable(t('begins a file that is not whole'), line)]
    return [{ kind: 'file', id, mediaType, pieces }]
  }

  return {
    push,
    finish: () => {
      if (!hasHead) return err({ kind: 'not-a-backup' })
      return hasEnded ? ok(undefined) : err({ kind: 'cut', lines })
    },
  }
}

function sizeOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0)
}

function parse(line: string): JsonRecord | undefined {
  try {
    return asRecord(JSON.parse(line))
  } catch {
    return undefined
  }
}
