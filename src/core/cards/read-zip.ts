import { hasBytesAt, latin1Text, readUint16Little, readUint32Little } from '#lib/bytes.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { CardFile } from './card-file.ts'
import { limits } from './limits.ts'
import { isSafeName } from './zip-names.ts'

/** What there is in a zip archive. */
export interface ZipScan {
  /** In the order of its directory; folders, repeated names and names that are no names are left out. */
  readonly files: readonly CardFile[]
  /** Names that point out of the archive (`../x`, `/x`) or are none, as they are written. */
  readonly unsafeNames: readonly string[]
  /** Names that stand there more than once. */
  readonly repeatedNames: readonly string[]
  /** Where the archive begins in the file: behind a picture, when there is one. */
  readonly start: number
}

export type ZipProblem = 'damaged' | 'encrypted' | 'overlapping' | 'too-many-entries' | 'too-large'

const endRecord = Uint8Array.of(0x50, 0x4b, 5, 6)
const longEndRecord = Uint8Array.of(0x50, 0x4b, 6, 6)
const longEndLocator = Uint8Array.of(0x50, 0x4b, 6, 7)
const directoryRecord = Uint8Array.of(0x50, 0x4b, 1, 2)
const entryRecord = Uint8Array.of(0x50, 0x4b, 3, 4)
/** The end record stands within this many bytes of the end: 22 and a comment of up to 65,535. */
const endReach = 65_557
const tooBigForShort = 0xffffffff

/** Where the directory of the archive stands. */
interface Directory {
  readonly start: number
  readonly end: number
  readonly count: number
  /** What must be added to every offset: archives appended to a picture count from their own beginning. */
  readonly shift: number
}

/** True when a zip archive ends where the file does, or not far before. */
export function holdsZip(bytes: Uint8Array): boolean {
  return findDirectory(bytes) !== undefined
}

/**
 * Lists a zip archive by its directory (PKWARE APPNOTE 4.3, with ZIP64), also one that stands behind a picture, and
 * unpacks nothing. Refused are archives no honest program writes: entries that overlap, sizes past all measure.
 */
export function scanZip(bytes: Uint8Array): Result<ZipScan, ZipProblem> {
  const directory = findDirectory(bytes)
  if (!directory) return err('damaged')
  if (directory.count > limits.zipEntries) return err('too-many-entries')
  const files = new Map<string, CardFile>()
  const unsafeNames: string[] = []
  const repeatedNames: string[] = []
  const stretches: [number, number][] = []
  let total = 0
  let start = bytes.length
  let at = directory.start
  for (let index = 0; index < directory.count; index++) {
    const entry = readEntry(bytes, at, directory)
    if (entry === 'damaged' || entry === 'encrypted') return err(entry)
    at = entry.next
    stretches.push([entry.offset, entry.end])
    start = Math.min(start, entry.offset)
    total += entry.file.size
    if (total > limits.unpacked) return err('too-large')
    const { path } = entry.file
    if (path.endsWith('/') && entry.file.size === 0) continue
    if (!isSafeName(path)) unsafeNames.push(path)
    else if (files.has(path)) repeatedNames.push(path)
    else files.set(path, entry.file)
  }
  stretches.sort(([left], [right]) => left - right)
  const overlap = stretches.some(([from], index) => index > 0 && from < (stretches[index - 1]?.[1] ?? 0))
  if (overlap) return err('overlapping')
  return ok({ files: [...files.values()], unsafeNames, repeatedNames, start: Math.min(start, directory.start) })
}

function findDirectory(bytes: Uint8Array): Directory | undefined {
  const stop = Math.max(0, bytes.length - endReach)
  for (let at = bytes.length - 22; at >= stop; at--) {
    const directory = hasBytesAt(bytes, at, endRecord) ? readEnd(bytes, at) : undefined
    if (directory) return directory
  }
  return undefined
}

function readEnd(bytes: Uint8Array, at: number): Directory | undefined {
  const long = findLongEnd(bytes, at)
  const count = long ? readUint64(bytes, long + 32) : readUint16Little(bytes, at + 10)
  const size = long ? readUint64(bytes, long + 40) : readUint32Little(bytes, at + 12)
  const offset = long ? readUint64(bytes, long + 48) : readUint32Little(bytes, at + 16)
  const end = long ?? at
  const start = end - size
  // An empty archive has no directory to know it by, and nothing in it to read.
  if (start < 0 || offset > start || !hasBytesAt(bytes, start, directoryRecord)) return undefined
  return { start, end, count, shift: start - offset }
}

/** Where the ZIP64 end record stands, when the archive has one; its locator stands right before the short one. */
function findLongEnd(bytes: Uint8Array, end: number): number | undefined {
  const locator = end - 20
  if (locator < 0 || !hasBytesAt(bytes, locator, longEndLocator)) return undefined
  // Without an extensible data sector, which nobody writes, the record ends where its locator begins.
  const record = locator - 56
  return record >= 0 && hasBytesAt(bytes, record, longEndRecord) ? record : undefined
}

interface Entry {
  readonly file: CardFile
  /** Where its header begins in the file, and where its data ends. */
  readonly offset: number
  readonly end: number
  /** The next record of the directory. */
  readonly next: number
}

function readEntry(bytes: Uint8Array, at: number, directory: Directory): Entry | 'damaged' | 'encrypted' {
  if (at + 46 > directory.end || !hasBytesAt(bytes, at, directoryRecord)) return 'damaged'
  const flags = readUint16Little(bytes, at + 8)
  const nameEnd = at + 46 + readUint16Little(bytes, at + 28)
  const extraEnd = nameEnd + readUint16Little(bytes, at + 30)
  const next = extraEnd + readUint16Little(bytes, at + 32)
  if (next > directory.end) return 'damaged'
  if (flags & 1) return 'encrypted'
  const [size, packedSize, offset] = readSizes(bytes, at, nameEnd, extraEnd)
  const header = directory.shift + offset
  if (header + 30 > directory.start || !hasBytesAt(bytes, header, entryRecord)) return 'damaged'
  const from = header + 30 + readUint16Little(bytes, header + 26) + readUint16Little(bytes, header + 28)
  const end = from + packedSize
  if (end > directory.start) return 'damaged'
  const file = {
    path: decodeName(bytes.subarray(at + 46, nameEnd)),
    method: readUint16Little(bytes, at + 10),
    packed: bytes.subarray(from, end),
    size,
    checksum: readUint32Little(bytes, at + 16),
  }
  return { file, offset: header, end, next }
}

/** Size, packed size and offset; those that say 0xFFFFFFFF stand in the ZIP64 field, in this order. */
function readSizes(bytes: Uint8Array, at: number, nameEnd: number, extraEnd: number): [number, number, number] {
  const short = [at + 24, at + 20, at + 42].map((place) => readUint32Little(bytes, place))
  let long = findLongField(bytes, nameEnd, extraEnd)
  const [size = 0, packedSize = 0, offset = 0] = short.map((value) => {
    if (value !== tooBigForShort || long === undefined || long + 8 > extraEnd) return value
    long += 8
    return readUint64(bytes, long - 8)
  })
  return [size, packedSize, offset]
}

function findLongField(bytes: Uint8Array, from: number, to: number): number | undefined {
  for (let at = from; at + 4 <= to; at += 4 + readUint16Little(bytes, at + 2)) {
    if (readUint16Little(bytes, at) === 1) return at + 4
  }
  return undefined
}

function readUint64(bytes: Uint8Array, at: number): number {
  return readUint32Little(bytes, at + 4) * 0x1_0000_0000 + readUint32Little(bytes, at)
}

/** Names are UTF-8 more often than they say so. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return latin1Text(bytes)
  }
}
