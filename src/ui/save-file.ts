/** Long enough for the slowest disk to have begun. */
const revokeAfterMs = 60_000

/** Has the browser save a file, where it saves downloads. */
export function saveFile(blob: Blob, fileName: string): void {
  const link = document.createElement('a')
  link.href = addressFor(blob)
  link.download = fileName
  link.click()
}

/** Opens a page we made in a tab of its own, and its print dialog. False where the browser opens no tab. */
export function printPage(page: Blob): boolean {
  const tab = window.open(addressFor(page))
  // It holds no script, so whoever opened it has to ask.
  tab?.addEventListener('load', () => tab.print(), { once: true })
  return tab !== null
}

function addressFor(blob: Blob): string {
  const url = URL.createObjectURL(blob)
  setTimeout(() => URL.revokeObjectURL(url), revokeAfterMs)
  return url
}
