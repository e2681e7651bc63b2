import { language } from '#lib/translate.ts'
import type { CardFileItem, ReadCardFile } from '#ports/card-reader.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts'

/** Real cards take milliseconds. */
const patienceMs = 30_000

interface Options {
  readonly openWorker?: () => Worker
  readonly timeoutMs?: number
}

/** The worker could not be started: some browsers and policies refuse them. */
class WorkerRefused extends Error {}

/**
 * Reads card files in a worker. One that takes too long over a card is ended, and the card refused in a sentence; where
 * workers are refused the page reads by itself.
 */
export function createWorkerReader({
  openWorker = openCardWorker,
  timeoutMs = patienceMs,
}: Options = {}): ReadCardFile {
  let idle: Worker | undefined
  let mayUseWorkers = true

  return async function* read(file, fileName) {
    if (mayUseWorkers) {
      try {
        yield* readInWorker(file, fileName)
        return
      } catch (error) {
        if (!(error instanceof WorkerRefused)) throw error
        mayUseWorkers = false
      }
    }
    const { readCardFile } = await import('./read-card-file.ts')
    yield* readCardFile(file, fileName)
  }

  async function* readInWorker(file: Blob, fileName: string): AsyncGenerator<CardFileItem, void> {
    const isFresh = idle === undefined
    const worker = takeWorker()
    let isFirst = isFresh
    let isUsable = false
    try {
      send(worker, { type: 'open', file, fileName })
      for (;;) {
        const answer = await ask(worker, isFirst)
        isFirst = false
        if (answer === 'too-late') {
          const error = { type: 'took-too-long', seconds: Math.ceil(timeoutMs / 1000) } as const
          yield { fileName, card: { ok: false, error } }
          return
        }
        if (answer.type === 'item') yield answer.item
        else {
          isUsable = true
          if (answer.type === 'failed') throw answer.error
          return
        }
      }
    } finally {
      // One in the middle of a file, because the rest is not wanted or does not come, is not used again.
      if (isUsable && !idle) idle = worker
      else worker.terminate()
    }
  }

  function takeWorker(): Worker {
    const worker = idle
    idle = undefined
    if (worker) return worker
    try {
      return openWorker()
    } catch {
      throw new WorkerRefused()
    }
  }

  /** Asks for the next card. A worker that fails before its first answer was never started. */
  function ask(worker: Worker, isFirst: boolean): Promise<WorkerAnswer | 'too-late'> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(() => resolve('too-late')), timeoutMs)
      const settle = (finish: () => void) => {
        clearTimeout(timer)
        worker.onmessage = null
        worker.onerror = null
        finish()
      }
      worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => settle(() => resolve(data))
      worker.onerror = (event) => {
        event.preventDefault()
        settle(() => reject(isFirst ? new WorkerRefused() : new Error(`The card reader stopped: ${event.message}`)))
      }
      send(worker, { type: 'next' })
    })
  }
}

function send(worker: Worker, request: WorkerRequest): void {
  worker.postMessage(request)
}

function openCardWorker(): Worker {
  return new Worker(new URL('./card-worker.ts', import.meta.url), { type: 'module', name: language })
}
