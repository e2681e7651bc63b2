import type { GlueMsg } from '@wllama/wllama/esm/glue/messages.js'
import { LlamaFailure } from './llama-failure.ts'
import { createWorkerCalls, type WorkerLike } from './worker-calls.ts'

export interface LoadSettings {
  /** In tokens: how much memory is set apart for what is read and written. */
  readonly contextTokens: number
  /** Tokens that are read at once. A stop is heeded between two batches, so it is small. */
  readonly batchTokens: number
  readonly usesGpu: boolean
}

export interface LoadedLlama {
  readonly contextTokens: number
  /** What the model was trained for. */
  readonly trainedTokens: number
}

/** A piece of a reply, as llama.cpp's server would send it. */
export interface LlamaChunk {
  readonly choices?: readonly {
    readonly text?: string
    readonly delta?: { readonly content?: string | null; readonly reasoning_content?: string | null }
    readonly finish_reason?: string | null
  }[]
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number } | null
  readonly timings?: LlamaTimings
  readonly prompt_progress?: { readonly total: number; readonly cache: number; readonly processed: number }
}

export interface LlamaTimings {
  /** Tokens of the prompt that were known from before. */
  readonly cache_n?: number
  readonly prompt_n?: number
  readonly prompt_per_second?: number
  readonly predicted_n?: number
  readonly predicted_per_second?: number
}

/** The engine with one model in it. */
export interface Llama {
  readonly loaded: LoadedLlama
  /**
   * Streams what llama.cpp's server would answer; `body` is such a request. Throws a `LlamaFailure`. Leaving the loop
   * ends the request, at the next token or batch.
   */
  complete(body: object, isChat: boolean): AsyncGenerator<LlamaChunk, void, undefined>
  close(): void
}

interface Options {
  readonly openWorker: () => WorkerLike
  readonly weights: readonly Blob[]
  readonly settings: LoadSettings
  /** The browser can wait for a file in the middle of the engine's code (JSPI). */
  readonly suspends: boolean
  readonly onRead: (bytes: number) => void
  readonly signal: AbortSignal
}

/** Starts the engine and loads a model, the parts of a split one in their order. Throws a `LlamaFailure`. */
export async function openLlama({ openWorker, weights, settings, suspends, onRead, signal }: Options): Promise<Llama> {
  const files = new Map(weights.map((blob, index) => [nameOf(index, weights.length), blob]))
  const calls = createWorkerCalls(openWorker(), async (name, offset, size) => {
    const bytes = await files
      .get(name)
      ?.slice(offset, offset + size)
      .arrayBuffer()
    if (!bytes) throw new Error(`There is no file ${name}.`)
    onRead(bytes.byteLength)
    return bytes
  })
  const unload = () => calls.end(new LlamaFailure('unloaded', 'It was unloaded.'))
  signal.addEventListener('abort', unload, { once: true })
  try {
    signal.throwIfAborted()
    await calls.call('module.init', [null, suspends])
    for (const [name, blob] of files) {
      const { fileId } = (await calls.call('fs.alloc', [name, blob.size, !suspends])) as { fileId: number }
      if (!suspends) await copyIn(blob, fileId)
    }
    await calls.call('wllama.start', [])
    const loaded = await calls.action('load', {
      _name: 'load_req',
      model_paths: [...files.keys()].map((name) => `models/${name}`),
      log_level: errorsOnly,
      use_mmap: !suspends,
      use_mlock: false,
      n_ctx_auto: false,
      n_gpu_layers: settings.usesGpu ? everyLayer : 0,
      n_threads: 1,
      n_ctx: settings.contextTokens,
      n_batch: settings.batchTokens,
      n_ubatch: settings.batchTokens,
      // One reply at a time, which has the whole context.
      n_parallel: 1,
      kv_unified: true,
      ctx_shift: false,
      warmup: false,
      jinja: true,
      // Tags are ours to read.
      reasoning_format: 'none',
      skip_chat_parsing: true,
    })
    if (loaded._name !== 'load_res' || !loaded.success) throw new LlamaFailure('unfit', 'The model was not loaded.')
    return {
      loaded: { contextTokens: loaded.n_ctx, trainedTokens: loaded.n_ctx_train },
      complete,
      close: unload,
    }
  } catch (error) {
    unload()
    throw error
  } finally {
    signal.removeEventListener('abort', unload)
  }

  async function copyIn(blob: Blob, fileId: number): Promise<void> {
    let offset = 0
    for await (const bytes of blob.stream()) {
      const { byteLength } = bytes
      await calls.call('fs.write', [fileId, bytes, offset], [bytes.buffer])
      offset += byteLength
      onRead(byteLength)
    }
  }

  async function* complete(body: object, isChat: boolean): AsyncGenerator<LlamaChunk, void, undefined> {
    const begun = await calls.action('completion', {
      _name: 'cmpl_req',
      is_chat: isChat,
      is_asr: false,
      data_json: JSON.stringify(body),
      files: [],
    })
    if (begun._name !== 'cmpl_res' || !begun.success) throw new LlamaFailure('asked-wrong', 'It could not begin.')
    const request = { req_id: begun.req_id }
    let isOver = false
    try {
      while (!isOver) {
        const answer: GlueMsg = await calls.action('get_result', { _name: 'gres_req', ...request })
        if (answer._name !== 'gres_res') throw new LlamaFailure('crashed', `It answered with ${answer._name}.`)
        isOver = !answer.has_more
        if (answer.data_json === '' || answer.data_json === 'null') continue
        const data = JSON.parse(answer.data_json)
        if (answer.is_error) throw new LlamaFailure('asked-wrong', JSON.stringify(data))
        yield* Array.isArray(data) ? data : [data]
      }
    } catch (error) {
      isOver = !(error instanceof LlamaFailure) || error.problem !== 'asked-wrong'
      throw error
    } finally {
      // An engine that died is not told.
      if (!isOver) await calls.action('cancel', { _name: 'cncl_req', ...request }).catch(() => undefined)
    }
  }
}

/** llama.cpp finds the parts of a split model by their names. */
function nameOf(index: number, count: number): string {
  const digits = (number: number) => String(number).padStart(5, '0')
  return `model-${digits(index + 1)}-of-${digits(count)}.gguf`
}

/** More than any model has. */
const everyLayer = 99_999
/** ggml's level for errors. */
const errorsOnly = 4
