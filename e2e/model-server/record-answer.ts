import type { ServerResponse } from 'node:http'

/** What was answered, as it was given to the socket. */
export interface RecordedAnswer {
  /** Undefined while no header was sent. */
  readonly status: () => number | undefined
  readonly bytes: () => Uint8Array
}

/** Remembers all that is written to a response from now on. */
export function recordAnswer(response: ServerResponse): RecordedAnswer {
  const chunks: Buffer[] = []
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  }
  const write = response.write.bind(response) as (...parts: readonly unknown[]) => boolean
  const end = response.end.bind(response) as (...parts: readonly unknown[]) => ServerResponse
  response.write = (...parts: readonly unknown[]) => {
    keep(parts[0])
    return write(...parts)
  }
  // Node's own `end` writes through a way of its own.
  response.end = (...parts: readonly unknown[]) => {
    keep(parts[0])
    return end(...parts)
  }
  return {
    status: () => (response.headersSent ? response.statusCode : undefined),
    bytes: () => Buffer.concat(chunks),
  }
}
