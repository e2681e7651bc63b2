/** A piece is made of about this much text. */
const pieceLength = 256 * 1024

/** Lines as a stream of bytes that asks for them only as fast as it is read. */
export function lineStream(lines: AsyncIterable<string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const iterator = lines[Symbol.asyncIterator]()
  return new ReadableStream({
    pull: async (controller) => {
      let text = ''
      while (text.length < pieceLength) {
        const { done, value } = await iterator.next()
        if (done) {
          if (text !== '') controller.enqueue(encoder.encode(text))
          controller.close()
          return
        }
        text += `${value}\n`
      }
      controller.enqueue(encoder.encode(text))
    },
    cancel: async () => {
      await iterator.return?.()
    },
  })
}

/** Lines as a file. Not gathered here: browsers keep a growing blob on disk. */
export function packLines(lines: AsyncIterable<string>): Promise<Blob> {
  return new Response(lineStream(lines), { headers: { 'content-type': 'application/jsonl' } }).blob()
}
