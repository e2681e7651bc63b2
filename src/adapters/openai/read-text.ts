import { t } from '#lib/translate.ts'
import { ModelFailure } from '#ports/model.ts'
import type { SetTimer } from './set-timer.ts'

interface Reading {
  readonly signal: AbortSignal
  readonly setTimer: SetTimer
  /** How long the next read may stay silent, in milliseconds; undefined waits for ever. Asked before each read. */
  readonly patience: () => number | undefined
}

/**
 * Gives a body's text as it arrives; a character split over chunks is held until it is whole. Ends quietly when the
 * signal is aborted. Fails with `stalled` when patience runs out, and with `cut` when the connection breaks, which
 * browsers and Node report as a bare `TypeError`.
 */
export async function* readText(
  body: ReadableStream<Uint8Array>,
  { signal, setTimer, patience }: Reading,
): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader()
  // Cancelling resolves a pending read, also on bodies that know nothing of our signal (the built-in model's). It is
  // refused by a body that has already broken, which is as good.
  const cancel = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener('abort', cancel, { once: true })
  const decoder = new TextDecoder()
  try {
    for (;;) {
      if (signal.aborted) return
      const { done, value } = await readSoon(reader, setTimer, patience())
      if (signal.aborted) return
      const text = done ? decoder.decode() : decoder.decode(value, { stream: true })
      if (text !== '') yield text
      if (done) return
    }
  } catch (error) {
    if (signal.aborted) return
    throw error instanceof ModelFailure ? error : new ModelFailure({ kind: 'cut', detail: describe(error) })
  } finally {
    signal.removeEventListener('abort', cancel)
    cancel()
  }
}

function readSoon(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  setTimer: SetTimer,
  silentMs: number | undefined,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  if (silentMs === undefined) return reader.read()
  return new Promise((resolve, reject) => {
    const cancelTimer = setTimer(silentMs, () => reject(new ModelFailure({ kind: 'stalled', silentMs })))
    void reader.read().then(resolve, reject).finally(cancelTimer)
  })
}

function describe(error: unknown): string {
  return error instanceof Error && error.message !== ''
    ? t('The connection broke: {message}.', { message: error.message })
    : t('The connection broke.')
}
