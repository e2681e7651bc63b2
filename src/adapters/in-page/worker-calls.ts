import { glueDeserialize, glueSerialize } from '@wllama/wllama/esm/glue/glue.js'
import type { GlueMsg } from '@wllama/wllama/esm/glue/messages.js'
import { LlamaFailure } from './llama-failure.ts'

/** What of a worker is used. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>

/** Reads a stretch of a weights file for the engine. */
export type ReadWeights = (name: string, offset: number, size: number) => Promise<ArrayBuffer>

export interface WorkerCalls {
  /** Asks for something that has no message of its own. */
  call(verb: string, input: readonly unknown[], transfer?: readonly Transferable[]): Promise<unknown>
  action(name: string, message: GlueMsg): Promise<GlueMsg>
  /** Ends the worker; what waits for it fails with `reason`. */
  end(reason: LlamaFailure): void
}

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * Calls into the engine's worker and what comes back. The worker does one after the other. When it dies everything that
 * waits fails at once: by itself it would wait for ever.
 */
export function createWorkerCalls(worker: WorkerLike, readWeights: ReadWeights): WorkerCalls {
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let ended: LlamaFailure | undefined
  let lastLine = ''

  function end(reason: LlamaFailure) {
    if (ended) return
    ended = reason
    worker.terminate()
    for (const { reject } of waiting.values()) reject(reason)
    waiting.clear()
  }

  worker.onerror = (event) => end(new LlamaFailure('refused', event.message))
  worker.onmessageerror = () => end(new LlamaFailure('crashed', 'A message could not be read.'))
  worker.onmessage = ({ data }: MessageEvent) => {
    const { verb, args, callbackId, result, err } = data as Answer
    if (verb === 'signal.abort') {
      const said = [args?.[1], lastLine].filter((text) => typeof text === 'string' && text !== '').join(' ')
      end(new LlamaFailure(isOutOfMemory(said) ? 'memory' : 'crashed', said))
    } else if (verb === 'fs.read_req') {
      const [name, offset, size] = args as [string, number, number]
      readWeights(name, offset, size).then(
        (bytes) => worker.postMessage({ verb: 'fs.read_res', args: [bytes] }, [bytes]),
        (error) => end(new LlamaFailure('unreadable', String(error))),
      )
    } else if (verb === 'console.error' || verb === 'console.warn') {
      // The reason of a failure comes as a line of the log, before a bare "no".
      if (verb === 'console.error') lastLine = String(args?.[0] ?? '')
    } else if (callbackId !== undefined) {
      const call = waiting.get(callbackId)
      waiting.delete(callbackId)
      if (err === undefined || err === null) call?.resolve(result)
      else call?.reject(new LlamaFailure('crashed', String(err)))
    }
  }

  const call: WorkerCalls['call'] = (verb, input, transfer = []) =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(ended)
        return
      }
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      worker.postMessage({ verb, args: input, callbackId: lastId }, [...transfer])
    })

  return {
    call,
    action: async (name, message) => {
      const answer = glueDeserialize((await call('wllama.action', [name, glueSerialize(message)])) as Uint8Array)
      if (answer._name === 'erro_evt') throw new LlamaFailure('asked-wrong', answer.message)
      return answer
    },
    end,
  }

  function isOutOfMemory(text: string): boolean {
    return /out of memory|memory allocation|failed to (?:allocate|grow)|bad_alloc|cannot enlarge|OOM/i.test(text)
  }
}

interface Answer {
  readonly verb?: string
  readonly args?: readonly unknown[]
  readonly callbackId?: number
  readonly result?: unknown
  readonly err?: unknown
}
