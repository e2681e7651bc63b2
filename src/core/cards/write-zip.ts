import { concatBytes, uint16Little, uint32Little } from '#lib/bytes.ts'
import type { CardFile } from './card-file.ts'

/** 2 January 1980, as zip can't say when in no year; the same files give the same bytes. */
const modified = [uint16Little(0), uint16Little((1 << 5) | 2)]
const needs = { stored: 10, deflated: 20 }

/** An archive in the making: what is given has to be written in that order, one after the other. */
export interface ZipInMaking {
  /** The parts of one file, its bytes as they are. */
  add(file: CardFile): readonly Uint8Array<ArrayBuffer>[]
  /** The list of files that ends the archive. */
  end(): readonly Uint8Array<ArrayBuffer>[]
}

/**
 * A zip archive (PKWARE APPNOTE 4.3), each file packed as it is, of which nothing but the list of files is held. Without
 * ZIP64, so below 4 GB and 65,535 files.
 */
export function createZip(): ZipInMaking {
  const directory: Uint8Array[] = []
  let offset = 0
  let count = 0
  return {
    add: (file) => {
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
      count += 1
      return [entry, file.packed as Uint8Array<ArrayBuffer>]
    },
    end: () => {
      const list = concatBytes(directory)
      const files = uint16Little(count)
      return [
        list,
        concatBytes([
          Uint8Array.of(0x50, 0x4b, 5, 6, 0, 0, 0, 0),
          files,
          files,
          uint32Little(list.length),
          uint32Little(offset),
          uint16Little(0),
        ]),
      ]
    },
  }
}

/** A zip archive of these files, whole. */
export function writeZip(files: readonly CardFile[]): Uint8Array<ArrayBuffer> {
  const zip = createZip()
  return concatBytes([...files.flatMap((file) => zip.add(file)), ...zip.end()])
}
