/** Files that came from the system go where those go that are dropped on the page: they are read and asked about alike. */
export function handOver(files: readonly File[]): void {
  if (files.length === 0) return
  const dataTransfer = new DataTransfer()
  for (const file of files) dataTransfer.items.add(file)
  document.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))
}
