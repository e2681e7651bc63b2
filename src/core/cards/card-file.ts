import { crc32 } from '#lib/crc32.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Budget } from './budget.ts'
import { inflate } from './inflate.ts'
import { limits } from './limits.ts'

/**
 * A file that travels with a card: an entry of its archive, or an asset in a PNG's text chunk. It stays packed as it
 * came, so that it costs nothing until somebody looks at it, and can be written back bit for bit.
 */
export interface CardFile {
  /** Its name in the archive, with `/` between folders. A label, never a path on anybody's disk. */
  readonly path: string
  /** How zip calls the packing: 0 is none, 8 is deflate. */
  readonly method: number
  readonly packed: Uint8Array
  /** Unpacked, as the archive claims. */
  readonly size: number
  /** CRC-32, as the archive claims. */
  readonly checksum: number
}

export type UnpackFailure = 'too-large' | 'damaged' | 'unknown-method'

export interface UnpackedFile {
  readonly bytes: Uint8Array
  readonly isSound: boolean
}

/** The bytes of a file, of which the budget pays. What the archive claims of its size is not believed. */
export function unpackFile(file: CardFile, budget: Budget): Result<UnpackedFile, UnpackFailure> {
  if (file.method !== 0 && file.method !== 8) return err('unknown-method')
  const limit = Math.min(limits.zipEntry, budget.bytes)
  if (file.size > limit) return err('too-large')
  const unpacked = file.method === 0 ? stored(file.packed, limit) : inflate(file.packed, limit, 'deflate')
  if (!unpacked.ok) {
    if (unpacked.error === 'too-large') budget.bytes -= limit
    return unpacked
  }
  budget.bytes -= unpacked.value.length
  return ok({ bytes: unpacked.value, isSound: crc32(unpacked.value) === file.checksum })
}

/** A file as it goes into an archive unpacked. */
export function storedFile(path: string, bytes: Uint8Array): CardFile {
  return { path, method: 0, packed: bytes, size: bytes.length, checksum: crc32(bytes) }
}

function stored(bytes: Uint8Array, limit: number): Result<Uint8Array, 'too-large'> {
  return bytes.length > limit ? err('too-large') : ok(bytes)
}
