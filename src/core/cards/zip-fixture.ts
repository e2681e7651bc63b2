import { deflateSync } from 'fflate'
import { concatBytes, uint16Little, uint32Little } from '#lib/bytes.ts'
import { crc32 } from '#lib/crc32.ts'

// Zip archives for tests, put together field by field, so that any of them can lie.

export interface ZipEntry {
  readonly name: string
  readonly bytes: Uint8Array
  readonly method?: number
  readonly flags?: number
  /** What the archive says in place of the truth. */
  readonly size?: number
  readonly checksum?: number
  /** Where the directory says the entry begins. */
  readonly offset?: number
}

/** An archive of these entries; `zip64` puts all sizes and places into fields of 64 bits. */
export function zipOf(entries: readonly ZipEntry[], zip64 = false): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const entry of entries) {
    const method = entry.method ?? 8
    const packed = method === 8 ? deflateSync(entry.bytes) : entry.bytes
    const size = entry.size ?? entry.bytes.length
    const name = new TextEncoder().encode(entry.name)
    const place = entry.offset ?? offset
    const long = zip64
      ? concatBytes([uint16Little(1), uint16Little(24), ...[size, packed.length, place].flatMap(uint64)])
      : new Uint8Array()
    const short = (value: number) => uint32Little(zip64 ? 0xffffffff : value)
    const common = (extra: number) =>
      concatBytes([
        uint16Little(zip64 ? 45 : 20),
        uint16Little(entry.flags ?? 0),
        uint16Little(method),
        uint32Little(0),
        uint32Little(entry.checksum ?? crc32(entry.bytes)),
        short(packed.length),
        short(size),
        uint16Little(name.length),
        uint16Little(extra),
      ])
    const local = concatBytes([Uint8Array.of(0x50, 0x4b, 3, 4), common(0), name])
    parts.push(local, packed)
    directory.push(
      concatBytes([Uint8Array.of(0x50, 0x4b, 1, 2), uint16Little(45), common(long.length), new Uint8Array(10)]),
      short(place),
      name,
      long,
    )
    offset += local.length + packed.length
  }
  const list = concatBytes(directory)
  const count = uint64(entries.length)
  const longEnd = concatBytes([
    Uint8Array.of(0x50, 0x4b, 6, 6),
    ...uint64(44),
    new Uint8Array(12),
    ...[count, count, uint64(list.length), uint64(offset)].flat(),
    Uint8Array.of(0x50, 0x4b, 6, 7),
    uint32Little(0),
    ...uint64(offset + list.length),
    uint32Little(1),
  ])
  const short = uint16Little(zip64 ? 0xffff : entries.length)
  return concatBytes([
    ...parts,
    list,
    ...(zip64 ? [longEnd] : []),
    Uint8Array.of(0x50, 0x4b, 5, 6, 0, 0, 0, 0),
    short,
    short,
    uint32Little(zip64 ? 0xffffffff : list.length),
    uint32Little(zip64 ? 0xffffffff : offset),
    uint16Little(0),
  ])
}

function uint64(value: number): Uint8Array[] {
  return [uint32Little(value), uint32Little(0)]
}
