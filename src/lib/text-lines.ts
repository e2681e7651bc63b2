/** No line of a file we read is longer; what has none that ends is none of them. In UTF-16 units. */
const longestLine = 64 * 1024 * 1024

/** The lines of a text that comes in pieces, without their ends. Only one is in memory at a time. */
export async function* textLines(bytes: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = bytes.getReader()
  const decoder = new TextDecoder()
  let pieces: string[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      const text = done ? decoder.decode() : decoder.decode(value, { stream: true })
      let start = 0
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        pieces.push(text.slice(start, text.charAt(end - 1) === '\r' ? end - 1 : end))
        yield pieces.length === 1 ? (pieces[0] as string) : pieces.join('')
        pieces = []
        length = 0
        start = end + 1
      }
      pieces.push(text.slice(start))
      length += text.length - start
      if (length > longestLine) throw new TypeError('No line ends')
      if (done) break
    }
    const rest = pieces.join('')
    if (rest !== '') yield rest
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
