import type { Connection } from '#core/connection.ts'
import { shapeGrammar } from '#core/her/shape-grammar.ts'
import type { ModelError } from '#core/model-error.ts'
import { ModelFailure, type ModelPart, type ModelPort, type ModelRequest } from '#ports/model.ts'
import { buildRequest, type WireRequest } from '../openai/build-request.ts'
import { type Engine, EngineStalled } from './engine.ts'
import type { LlamaChunk } from './llama.ts'
import { LlamaFailure, type LlamaProblem } from './llama-failure.ts'

interface Options {
  readonly connection: Connection
  readonly engine: Pick<Engine, 'run'>
  readonly countTokens: (model: string, prompt: string) => Promise<number | undefined>
}

/** A model that runs in this page, as the port has it. What it is sent is what llama.cpp's server would be sent. */
export function createInPageModel({ connection, engine, countTokens }: Options): ModelPort {
  const write = (request: ModelRequest): WireRequest & { readonly body: object } => {
    const wire = buildRequest({ ...connection, kind: 'llamacpp' }, request)
    const prefill = wire.prefilled ? (request.prefill ?? '') : ''
    // Only replies are in HER's shape: what else is asked (a summary, who speaks next) does not begin with planning.
    const isHeld = connection.keepsShape && prefill.startsWith(planningOpener)
    const extras = { cache_prompt: true, return_progress: true, ...(isHeld && { grammar: shapeGrammar(prefill) }) }
    return { ...wire, body: { ...wire.body, ...extras } } as WireRequest
  }
  return {
    stream: async function* (request, signal, ready) {
      const { body, path, prefilled } = write(request)
      await ready
      if (signal.aborted) return
      const contextTokens = connection.capabilities.contextTokens ?? 4096
      const asked = { model: connection.model, contextTokens, body, isChat: path === 'chat' }
      let hasBegun = false
      let end: Extract<ModelPart, { type: 'stream-end' }> | undefined
      try {
        for await (const chunk of engine.run(asked, signal)) {
          if (!hasBegun) yield { type: 'stream-start', prefilled }
          hasBegun = true
          const text = textOf(chunk)
          yield text === '' ? { type: 'alive' } : { type: 'text-delta', text }
          end = endOf(chunk, end)
        }
      } catch (error) {
        if (!signal.aborted) throw new ModelFailure(failureOf(error))
      }
      if (signal.aborted) return
      if (!end) throw new ModelFailure({ kind: 'cut' })
      yield end
    },
    describe: (request) => {
      const { body, path, prefilled } = write(request)
      const url = `${connection.baseUrl}/${path === 'chat' ? 'chat/completions' : 'completions'}`
      return { url, body: JSON.stringify(body), hasKey: false, prefilled }
    },
    count: async (request) => {
      const { body } = write(request)
      return 'prompt' in body && typeof body.prompt === 'string'
        ? countTokens(connection.model, body.prompt)
        : undefined
    },
  }
}

const planningOpener = '<system_thinking>'

function textOf({ choices }: LlamaChunk): string {
  return (
    choices?.map(({ text, delta }) => text ?? `${delta?.reasoning_content ?? ''}${delta?.content ?? ''}`).join('') ?? ''
  )
}

function endOf(
  { choices, usage }: LlamaChunk,
  before: Extract<ModelPart, { type: 'stream-end' }> | undefined,
): Extract<ModelPart, { type: 'stream-end' }> | undefined {
  const finishReason = choices?.find(({ finish_reason }) => finish_reason)?.finish_reason ?? before?.finishReason
  if (finishReason === undefined || finishReason === null) return undefined
  return {
    ...before,
    type: 'stream-end',
    finishReason,
    ...(usage && { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens }),
  }
}

const problems: Readonly<Record<LlamaProblem, Extract<ModelError, { kind: 'in-page' }>['problem']>> = {
  refused: 'refused',
  memory: 'memory',
  unfit: 'unfit',
  unreadable: 'gone',
  gone: 'gone',
  unloaded: 'broken',
  crashed: 'broken',
  'asked-wrong': 'broken',
}

function failureOf(error: unknown): ModelError {
  if (error instanceof EngineStalled) return { kind: 'stalled', silentMs: error.silentMs }
  if (!(error instanceof LlamaFailure)) return { kind: 'in-page', problem: 'broken', detail: String(error) }
  const { problem, message } = error
  if (problem === 'asked-wrong') return refusalOf(message)
  return {
    kind: 'in-page',
    problem: problems[problem],
    ...(message !== '' && problem !== 'gone' && { detail: message }),
  }
}

/** What llama.cpp says of a request that it did not take. */
function refusalOf(said: string): ModelError {
  const sizes = /"n_prompt_tokens":(\d+).*?"n_ctx":(\d+)/.exec(said)
  if (sizes) return { kind: 'context-too-long', promptTokens: Number(sizes[1]), contextTokens: Number(sizes[2]) }
  if (/exceed_context_size|context size|Context size/.test(said)) return { kind: 'context-too-long', detail: said }
  return { kind: 'rejected', status: 400, detail: said }
}
