/** What systems leave in folders, and nobody dropped. */
const isLeftBySystem = /^(?:\.|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i

/** The files that were dropped, and those in the folders that were, however deep. */
export async function filesIn(entries: readonly (FileSystemEntry | File)[]): Promise<File[]> {
  const files: File[] = []
  const waiting = [...entries]
  // The list grows while it is walked.
  for (const entry of waiting) {
    if (entry instanceof File) files.push(entry)
    else if (isFolder(entry)) waiting.push(...(await childrenOf(entry)))
    else files.push(await fileOf(entry as FileSystemFileEntry))
  }
  return files
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const children: FileSystemEntry[] = []
  for (;;) {
    // A hundred at a time, until there are none.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return children.filter(({ name }) => !isLeftBySystem.test(name))
    children.push(...some)
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}
