import type { ReadScenes, SceneProblem } from '#core/scene-file/read-scenes-result.ts'
import { err, type Result } from '#lib/result.ts'
import { language, t } from '#lib/translate.ts'
import type { ReadSceneFile } from '#ports/scene-reader.ts'

/** CoSER's whole test set takes less than a second. */
const patienceMs = 60_000

/** Small files are read before a worker has started. */
const smallBytes = 200_000

type Answer = Result<ReadScenes, SceneProblem>

/** Reads scenes in a worker of their own; where workers are refused or the file is small, in the page. */
export const readScenesInWorker: ReadSceneFile = async (file) => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const worker = bytes.length > smallBytes ? start() : undefined
  if (worker) {
    try {
      return await ask(worker, bytes)
    } catch {
      // Its code could not be had; the page does it then.
    } finally {
      worker.terminate()
    }
  }
  const { readSceneBytes } = await import('./read-scene-bytes.ts')
  return readSceneBytes(bytes)
}

function start(): Worker | undefined {
  try {
    return new Worker(new URL('./scene-worker.ts', import.meta.url), { type: 'module', name: language })
  } catch {
    // Some browsers and policies refuse workers.
    return undefined
  }
}

function ask(worker: Worker, bytes: Uint8Array): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel()
    const tooLong = t('This file takes too long to read, so it was given up.')
    const timer = setTimeout(() => settle(() => resolve(err({ kind: 'too-large', sentence: tooLong }))), patienceMs)
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      port1.close()
      finish()
    }
    port1.onmessage = ({ data }: MessageEvent<Answer>) => settle(() => resolve(data))
    worker.onerror = (event) => {
      event.preventDefault()
      settle(() => reject(new Error(`The worker for scenes stopped: ${event.message}`)))
    }
    worker.postMessage(bytes, [port2])
  })
}
