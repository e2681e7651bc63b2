import type { BackupFiles } from '#ports/backup-files.ts'
import { lineStream } from './pack-lines.ts'

/** No line of a backup is nearly as long; what has none that ends is none. In UTF-16 units. */
const longestLine = 64 * 1024 * 1024

/** Lines in a gzip file, by the browser's own compression. A file that is not packed is read as it is. */
export const gzipBackupFiles: BackupFiles = {
  pack: async (lines, passphrase) => {
    const packed = lineStream(lines).pipeThrough(new CompressionStream('gzip'))
    // Not gathered here: browsers keep a growing blob on disk.
    const file = await new Response(packed, { headers: { 'content-type': 'application/gzip' } }).blob()
    return passphrase === undefined ? file : (await loadSealing()).sealFile(file, passphrase)
  },

  isSealed: async (file) => (await loadSealing()).isSealedFile(file),
  open: async (file, passphrase) => (await loadSealing()).openSealedFile(file, passphrase),
  unpack: async function* (file) {
    const [one, two] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
    const isPacked = one === 0x1f && two === 0x8b
    const bytes = isPacked ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
    const reader = bytes.getReader()
    const decoder = new TextDecoder()
    let rest = ''
    try {
      for (;;) {
        const { done, value } = await reader.read().catch((error: unknown) => {
          throw new TypeError('The file is damaged', { cause: error })
        })
        rest += done ? decoder.decode() : decoder.decode(value, { stream: true })
        const lines = rest.split('\n')
        rest = lines.pop() ?? ''
        yield* lines
        if (rest.length > longestLine) throw new TypeError('No line ends')
        if (done) break
      }
      yield rest
    } finally {
      await reader.cancel().catch(() => undefined)
    }
  },
}

function loadSealing() {
  return import('./sealed-file.ts')
}
