/**
 * Where the bytes of weights lie: folders of numbered pieces, with a note about each. A file of gigabytes in pieces,
 * since what is written to a browser's file is only there once it is closed: a page that is closed, or breaks, loses one
 * piece and no more.
 */
export interface WeightsDisk {
  folders(): Promise<readonly string[]>
  readNote(folder: string): Promise<string | undefined>
  writeNote(folder: string, note: string): Promise<void>
  /** The pieces of a folder, in their order, without reading them. */
  pieces(folder: string, file: number): Promise<readonly Blob[]>
  writePiece(folder: string, file: number, piece: number, bytes: readonly Uint8Array<ArrayBuffer>[]): Promise<void>
  /** Takes the pieces of one file away. */
  clear(folder: string, file: number): Promise<void>
  remove(folder: string): Promise<void>
}

const noteName = 'about.json'

/** The browser's own disk for pages (OPFS); undefined where it has none, as on pages that came over plain http. */
export async function openWeightsDisk(): Promise<WeightsDisk | undefined> {
  const root = await navigator.storage
    ?.getDirectory?.()
    .then((directory) => directory.getDirectoryHandle('models', { create: true }))
    .catch(() => undefined)
  if (!root) return undefined
  const open = (folder: string) => root.getDirectoryHandle(folder, { create: true })
  const write = async (folder: string, name: string, data: readonly (string | Uint8Array<ArrayBuffer>)[]) => {
    const writable = await (await (await open(folder)).getFileHandle(name, { create: true })).createWritable()
    try {
      for (const part of data) await writable.write(part)
      await writable.close()
    } catch (error) {
      await writable.abort().catch(() => undefined)
      throw error
    }
  }
  const piecesOf = async (folder: string, file: number) => {
    const named: [string, FileSystemFileHandle][] = []
    const directory = await root.getDirectoryHandle(folder).catch(() => undefined)
    if (!directory) return []
    for await (const [name, handle] of directory.entries()) {
      if (name.startsWith(`${file}-`) && handle instanceof FileSystemFileHandle) named.push([name, handle])
    }
    return named.sort(([a], [b]) => (a < b ? -1 : 1))
  }
  return {
    folders: async () => {
      const names: string[] = []
      for await (const [name, handle] of root.entries()) if (handle.kind === 'directory') names.push(name)
      return names
    },
    readNote: async (folder) => {
      try {
        const directory = await root.getDirectoryHandle(folder)
        return await (await (await directory.getFileHandle(noteName)).getFile()).text()
      } catch {
        return undefined
      }
    },
    writeNote: (folder, note) => write(folder, noteName, [note]),
    pieces: async (folder, file) => Promise.all((await piecesOf(folder, file)).map(([, handle]) => handle.getFile())),
    writePiece: (folder, file, piece, bytes) => write(folder, `${file}-${String(piece).padStart(5, '0')}`, bytes),
    clear: async (folder, file) => {
      const directory = await open(folder)
      for (const [name] of await piecesOf(folder, file)) await directory.removeEntry(name)
    },
    remove: (folder) => root.removeEntry(folder, { recursive: true }),
  }
}

/** The same in memory, for tests. */
export function createMemoryWeightsDisk(): WeightsDisk {
  const folders = new Map<string, { note?: string; files: Map<number, Blob[]> }>()
  const open = (name: string) => {
    const folder = folders.get(name) ?? { files: new Map<number, Blob[]>() }
    folders.set(name, folder)
    return folder
  }
  return {
    folders: async () => [...folders.keys()],
    readNote: async (folder) => folders.get(folder)?.note,
    writeNote: async (folder, note) => {
      open(folder).note = note
    },
    pieces: async (folder, file) => open(folder).files.get(file) ?? [],
    writePiece: async (folder, file, piece, bytes) => {
      const pieces = open(folder).files.get(file) ?? []
      pieces[piece] = new Blob([...bytes])
      open(folder).files.set(file, pieces)
    },
    clear: async (folder, file) => {
      open(folder).files.delete(file)
    },
    remove: async (folder) => {
      folders.delete(folder)
    },
  }
}
