/** What was dropped, as entries of its file system. To be called while the drop is handled: later nothing is told. */
export function droppedEntries({ items, files }: DataTransfer): readonly (FileSystemEntry | File)[] {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  // A page that drops something itself gives files and no entries.
  return entries.length > 0 ? entries : [...files]
}
