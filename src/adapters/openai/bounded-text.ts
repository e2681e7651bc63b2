/**
 * Reads a body up to so many bytes and lets go of the rest: what a server sends is as long as it likes. Undefined when
 * there was more.
 */
export async function readBounded(response: Response, mostBytes: number): Promise<string | undefined> {
  const { text, isWhole } = await readUpTo(response, mostBytes)
  return isWhole ? text : undefined
}

/** The beginning of a body: enough of a refusal to say what it says. */
export async function readBeginning(response: Response, mostBytes: number): Promise<string> {
  return (await readUpTo(response, mostBytes)).text
}

async function readUpTo({ body }: Response, mostBytes: number): Promise<{ text: string; isWhole: boolean }> {
  if (!body) return { text: '', isWhole: true }
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let left = mostBytes
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { text: text + decoder.decode(), isWhole: true }
    // A compressed body may come in pieces far larger than the wire's.
    text += decoder.decode(value.subarray(0, left), { stream: true })
    left -= value.length
    if (left < 0) {
      await reader.cancel().catch(() => undefined)
      return { text, isWhole: false }
    }
  }
}
