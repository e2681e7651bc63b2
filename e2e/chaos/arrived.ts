/** A piece of a reply as it stood in an event. */
interface Piece {
  readonly isReasoning: boolean
  readonly text: string
}

/** What a body held as far as it came. */
export interface Arrived {
  readonly pieces: readonly Piece[]
  /** A finish reason or `[DONE]` was there; `length` is told apart. */
  readonly end: 'none' | 'stop' | 'length'
  /** The server said that it failed. */
  readonly hasError: boolean
}

interface Choice {
  readonly delta?: Partial<Record<string, string | null>> | null
  readonly message?: Partial<Record<string, string | null>> | null
  readonly text?: string
  readonly finish_reason?: string | null
}

/**
 * Reads the bytes of a body that came, whole or not, in the plainest way there is: all of it at once, and with nothing of
 * what the app reads streams with. An event counts when all of it is there, its closing blank line or not.
 */
export function readArrived(bytes: Uint8Array): Arrived {
  const pieces: Piece[] = []
  let end: Arrived['end'] = 'none'
  let hasError = false
  for (const data of eventsOf(new TextDecoder().decode(bytes).replaceAll('\r', ''))) {
    if (data === '[DONE]') {
      if (end === 'none') end = 'stop'
      break
    }
    const event = parse(data) as { choices?: readonly Choice[] | null; error?: unknown } | undefined
    if (event?.error) {
      hasError = true
      break
    }
    const choice = event?.choices?.[0]
    const message = choice?.delta ?? choice?.message
    const reasoning = message?.['reasoning_content'] || message?.['reasoning']
    if (reasoning) pieces.push({ isReasoning: true, text: reasoning })
    const text = message?.['content'] || choice?.text
    if (text) pieces.push({ isReasoning: false, text })
    if (choice?.finish_reason) end = choice.finish_reason === 'length' ? 'length' : 'stop'
  }
  return { pieces, end, hasError }
}

/** Of server-sent events their data, of JSON its lines, or itself. */
function eventsOf(text: string): readonly string[] {
  // Comments may stand before either.
  if (/^data:/m.test(text) || !/^\{/m.test(text)) {
    return text.split('\n\n').flatMap((block) => {
      const lines = block.split('\n').filter((line) => line.startsWith('data:'))
      return lines.length === 0 ? [] : [lines.map((line) => line.slice(5).trim()).join('\n')]
    })
  }
  return parse(text) === undefined ? text.split('\n') : [text]
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
