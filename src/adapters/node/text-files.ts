import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { textLines } from '#lib/text-lines.ts'

/** The lines of a file on disk, unpacked where it is gzip; one piece at a time in memory. */
export async function* linesOfFile(path: string): AsyncGenerator<string> {
  const bytes = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array<ArrayBuffer>>
  yield* textLines((await isGzip(path)) ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes)
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}

export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false
}

/** So much text is gathered before it is written. */
const pieceLength = 256 * 1024

/** Writes lines to a file as they come, and no faster than the disk takes them. */
export async function writeLines(path: string, lines: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  const file = createWriteStream(path)
  const failed = finished(file)
  // Awaited at the end; a failure before that is told there.
  failed.catch(() => undefined)
  const write = async (text: string) => {
    if (!file.write(text)) await Promise.race([failed, new Promise<void>((resolve) => file.once('drain', resolve))])
  }
  let waiting = ''
  for await (const line of lines) {
    signal.throwIfAborted()
    waiting += `${line}\n`
    if (waiting.length < pieceLength) continue
    await write(waiting)
    waiting = ''
  }
  file.end(waiting)
  await failed
}
