import { createParser } from 'eventsource-parser'

/** What a body is made of, however it is framed. */
export type BodyEvent =
  | { readonly type: 'comment' }
  | { readonly type: 'data'; readonly data: string; readonly isError: boolean }
  /** A web page: this address is no API. */
  | { readonly type: 'page'; readonly text: string }
  /** A single event grew past any sense; nothing more is read. */
  | { readonly type: 'flood' }

export interface BodyReader {
  /** Takes decoded text, cut anywhere, and gives the events it completes. */
  readonly push: (text: string) => readonly BodyEvent[]
  /** The body has ended: gives what was left without its closing blank line. */
  readonly finish: () => readonly BodyEvent[]
}

/** In characters. A reply that came in one piece is far below. */
const largestEvent = 16 * 1024 * 1024

/**
 * Splits a body into events. Server-sent events are taken by their content type; a body of another type is judged by
 * its first character, since gateways label streams wrongly: `{` and `[` begin JSON (one document, or one a line),
 * `<` a web page, and anything else is read as server-sent events.
 */
export function createBodyReader(contentType: string): BodyReader {
  let reader = /\btext\/event-stream\b/i.test(contentType) ? createEventReader() : undefined
  return {
    push: (text) => {
      if (reader) return reader.push(text)
      const start = text.trimStart()
      if (start === '') return []
      reader = createReaderFor(start)
      return reader.push(start)
    },
    finish: () => reader?.finish() ?? [],
  }
}

function createReaderFor(start: string): BodyReader {
  if (start.startsWith('<')) return createPageReader()
  return start.startsWith('{') || start.startsWith('[') ? createDocumentReader() : createEventReader()
}

function createEventReader(): BodyReader {
  let events: BodyEvent[] = []
  let isOver = false
  const parser = createParser({
    maxBufferSize: largestEvent,
    onComment: () => events.push({ type: 'comment' }),
    onEvent: ({ data, event }) => events.push({ type: 'data', data, isError: event === 'error' }),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') {
        isOver = true
        events.push({ type: 'flood' })
      } else if (error.line?.trimStart().startsWith('{')) {
        // Ollama and LM Studio drop bare JSON lines into a stream when they fail in the middle.
        events.push({ type: 'data', data: error.line, isError: false })
      }
    },
  })
  const push = (text: string): readonly BodyEvent[] => {
    if (isOver) return []
    events = []
    parser.feed(text)
    return events
  }
  // Many gateways forget the blank line after the last event, which the standard would then drop.
  return { push, finish: () => push('\n\n') }
}

/**
 * JSON that is no event stream: a whole document, or one object a line (NDJSON), each of which is passed on as it
 * comes. The first line that is no object by itself says that it is one document spread over lines.
 */
function createDocumentReader(): BodyReader {
  let pending = ''
  let isSpread = false
  return {
    push: (text) => {
      const events: BodyEvent[] = []
      // Looked at again only once a line is whole, so that a document in tiny slices costs no more than its length.
      const lines = isSpread || !text.includes('\n') ? [] : (pending + text).split('\n')
      if (lines.length === 0) pending += text
      for (const [index, line] of lines.entries()) {
        if (isSpread) break
        if (index === lines.length - 1) pending = line
        else if (isObject(line)) events.push({ type: 'data', data: line, isError: false })
        else if (line.trim() !== '') {
          isSpread = true
          pending = lines.slice(index).join('\n')
        }
      }
      return pending.length > largestEvent ? [...events, { type: 'flood' }] : events
    },
    finish: () => (pending.trim() === '' ? [] : [{ type: 'data', data: pending, isError: false }]),
  }
}

function isObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object'
  } catch {
    return false
  }
}

function createPageReader(): BodyReader {
  let text = ''
  return {
    push: (more) => {
      if (text.length < 4096) text += more
      return []
    },
    finish: () => [{ type: 'page', text }],
  }
}
