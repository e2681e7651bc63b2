import { concatBytes, uint16Little, uint32Little } from '#lib/bytes.ts'
import type { CardFile } from './card-file.ts'

/** 2 January 1980, as zip can't say when in no year; the same files give the same bytes. */
const modified = [uint16Little(0), uint16Little((1 << 5) | 2)]
const needs = { stored: 10, deflated: 20 }

/** A zip archive (PKWARE APPNOTE 4.3) of these files, each packed as it is. Without ZIP64, so below 4 GB. */
export function writeZip(files: readonly CardFile[]): Uint8Array<ArrayBuffer> {
  const entries: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const file of files) {
    const name = new TextEncoder().encode(file.path)
    const common = concatBytes([
      uint16Little(file.method === 0 ? needs.stored : needs.deflated),
      // Bit 11 says that the name is UTF-8, where that makes a difference.
      uint16Little(name.length === file.path.length ? 0 : 0x0800),
      uint16Little(file.method),
      ...modified,
      uint32Little(file.checksum),
      uint32Little(file.packed.length),
      uint32Little(file.size),
      uint16Little(name.length),
      uint16Little(0),
    ])
    const entry = concatBytes([Uint8Array.of(0x50, 0x4b, 3, 4), common, name])
    entries.push(entry, file.packed)
    directory.push(
      Uint8Array.of(0x50, 0x4b, 1, 2),
      uint16Little(needs.deflated),
      common,
      // No comment, first disk, no attributes.
      new Uint8Array(10),
      uint32Little(offset),
      name,
    )
    offset += entry.length + file.packed.length
  }
  const list = concatBytes(directory)
  const count = uint16Little(files.length)
  const end = [
    Uint8Array.of(0x50, 0x4b, 5, 6, 0, 0, 0, 0),
    count,
    count,
    uint32Little(list.length),
    uint32Little(offset),
    uint16Little(0),
  ]
  return concatBytes([...entries, list, ...end])
}
