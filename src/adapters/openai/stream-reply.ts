import { ModelFailure, type ModelPart } from '#ports/model.ts'
import { createBodyReader } from './body-reader.ts'
import type { WireRequest } from './build-request.ts'
import { readText } from './read-text.ts'
import { createReplyReader, type ReasoningField } from './reply-reader.ts'
import type { Asked } from './response-failure.ts'
import { type Fetch, sendRequest } from './send-request.ts'
import type { SetTimer } from './set-timer.ts'

export interface Streaming {
  readonly asked: Asked
  readonly fetch: Fetch
  readonly now: () => number
  readonly setTimer: SetTimer
  /** How long a stream that has begun may stay silent, in milliseconds. */
  readonly idleMs: number
  readonly onReasoningField?: (field: ReasoningField) => void
  /** The request leaves when this has resolved. */
  readonly ready?: Promise<unknown> | undefined
}

/** How long usage and `[DONE]` are waited for after the finish reason, in milliseconds: some servers hold the line. */
const graceMs = 3000

/**
 * Sends a request and gives what comes back, exactly as it comes (an echo included). Before the first byte silence is
 * borne for ever: a request may wait in a queue, and a long prompt is read without a sign. Throws `ModelFailure` or
 * `NoAnswer`; ends quietly when the signal is aborted. Leaving the loop closes the connection.
 */
export async function* streamReply(
  request: WireRequest,
  signal: AbortSignal,
  { asked, fetch, now, setTimer, idleMs, onReasoningField, ready }: Streaming,
): AsyncGenerator<ModelPart, void, undefined> {
  if (signal.aborted) return
  const controller = new AbortController()
  const abort = () => controller.abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    const response = await sendRequest(request, { asked, fetch, now, ready, signal: controller.signal })
    yield { type: 'stream-start', prefilled: request.prefilled }
    const body = createBodyReader(response.headers.get('content-type') ?? '')
    const reply = createReplyReader(asked, onReasoningField)
    let hasBegun = false
    const patience = () => (reply.isComplete() ? graceMs : hasBegun ? idleMs : undefined)

    try {
      for await (const text of readText(response.body ?? emptyBody(), { signal, setTimer, patience })) {
        hasBegun = true
        for (const event of body.push(text)) yield* reply.push(event)
        if (reply.failure() || reply.isDone()) break
      }
    } catch (error) {
      // What breaks or stalls after the reply was complete is no loss.
      if (!reply.isComplete()) {
        // An event that is there but for its closing blank line has arrived.
        if (!signal.aborted) for (const event of body.finish()) yield* reply.push(event, true)
        throw error
      }
    }
    if (signal.aborted) return
    for (const event of body.finish()) yield* reply.push(event, true)
    const end = reply.end()
    if ('failure' in end) throw new ModelFailure(end.failure)
    yield end.part
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    signal.removeEventListener('abort', abort)
    controller.abort()
  }
}

function emptyBody(): ReadableStream<Uint8Array> {
  return new Blob([]).stream()
}
