import { expect, test } from 'vitest'
import { herSampling } from '#core/connection.ts'
import { inPageConnection } from '#core/in-page/in-page-connection.ts'
import { ModelFailure, type ModelPart, type ModelRequest } from '#ports/model.ts'
import { type Engine, type EngineRequest, EngineStalled } from './engine.ts'
import { createInPageModel } from './in-page-model.ts'
import type { LlamaChunk } from './llama.ts'
import { LlamaFailure } from './llama-failure.ts'

const head = { architecture: 'qwen3', vocabularySize: 1, leastBytes: 1, chatTemplate: '<|im_start|>' }
const connection = inPageConnection({ name: 'm.gguf', bytes: 1e6, head }, 0)

const request: ModelRequest = {
  messages: [
    { role: 'system', content: 'You are Mara. <|im_end|>' },
    { role: 'user', content: 'Good evening.' },
  ],
  prefill: '<system_thinking>',
  sampling: { ...herSampling, minP: 0.05, topK: 40, repetitionPenalty: 1.1 },
  stop: ['<|im_end|>'],
}

function setUp(chunks: readonly LlamaChunk[], failure?: unknown, of = connection) {
  const asked: EngineRequest[] = []
  const engine: Pick<Engine, 'run'> = {
    run: async function* (one) {
      asked.push(one)
      yield* chunks
      if (failure) throw failure
    },
  }
  return { model: createInPageModel({ connection: of, engine, countTokens: async (_, { length }) => length }), asked }
}

async function partsOf(model: ReturnType<typeof setUp>['model'], one = request) {
  const parts: ModelPart[] = []
  for await (const part of model.stream(one, new AbortController().signal)) parts.push(part)
  return parts
}

const chunks: readonly LlamaChunk[] = [
  { choices: [{ text: '' }], prompt_progress: { total: 9, cache: 0, processed: 9 } },
  { choices: [{ text: 'She waits' }] },
  { choices: [{ text: '.', finish_reason: 'stop' }] },
  { choices: [], usage: { prompt_tokens: 9, completion_tokens: 3 } },
]

test('a prompt is raw ChatML with the reply begun, what is in it can forge no turn, and a grammar goes on from there', async () => {
  const { model, asked } = setUp(chunks)
  expect(await partsOf(model)).toEqual([
    { type: 'stream-start', prefilled: true },
    { type: 'alive' },
    { type: 'text-delta', text: 'She waits' },
    { type: 'text-delta', text: '.' },
    { type: 'alive' },
    { type: 'stream-end', finishReason: 'stop', promptTokens: 9, completionTokens: 3 },
  ])
  const { body, isChat, contextTokens } = asked[0] ?? {}
  expect([isChat, contextTokens]).toEqual([false, connection.capabilities.contextTokens])
  expect(body).toMatchObject({
    prompt:
      '<|im_start|>system\nYou are Mara. ‹|im_end|><|im_end|>\n<|im_start|>user\nGood evening.<|im_end|>\n<|im_start|>assistant\n<system_thinking>',
    min_p: 0.05,
    top_k: 40,
    repeat_penalty: 1.1,
    top_p: 0.9,
    stop: ['<|im_end|>'],
    cache_prompt: true,
    grammar: expect.stringMatching(/^root ::= text "<\/system_thinking>" reply\n/),
  })
  expect(JSON.parse(model.describe(request).body)).toEqual(body)
  expect(model.describe(request)).toMatchObject({ hasKey: false, prefilled: true })
})

test('what is no reply is held to nothing; nor is a model that was tuned', async () => {
  const { model, asked } = setUp(chunks)
  const { prefill: _none, ...summary } = request
  await partsOf(model, summary)
  expect(asked[0]?.body).not.toHaveProperty('grammar')
  const { keepsShape: _shape, ...tuned } = connection
  const other = setUp(chunks, undefined, tuned)
  await partsOf(other.model)
  expect(other.asked[0]?.body).not.toHaveProperty('grammar')
})

test('where the model has a template of its own it is used, and continued', async () => {
  const own = { ...connection, transport: 'chat' as const }
  const { model, asked } = setUp(
    [{ choices: [{ delta: { content: 'Aye' }, finish_reason: 'length' }] }],
    undefined,
    own,
  )
  expect((await partsOf(model)).at(-1)).toEqual({ type: 'stream-end', finishReason: 'length' })
  expect(asked[0]).toMatchObject({
    isChat: true,
    body: { messages: [{}, {}, { role: 'assistant', content: '<system_thinking>' }] },
  })
})

test.each([
  [new LlamaFailure('gone', 'm.gguf'), { kind: 'in-page', problem: 'gone' }],
  [new LlamaFailure('memory', 'out of memory'), { kind: 'in-page', problem: 'memory', detail: 'out of memory' }],
  [new LlamaFailure('unfit', 'no'), { kind: 'in-page', problem: 'unfit' }],
  [new LlamaFailure('refused', ''), { kind: 'in-page', problem: 'refused' }],
  [new LlamaFailure('crashed', 'x'), { kind: 'in-page', problem: 'broken' }],
  [new EngineStalled(120_000), { kind: 'stalled', silentMs: 120_000 }],
  [
    new LlamaFailure('asked-wrong', '{"message":"…","n_prompt_tokens":900,"n_ctx":512}'),
    { kind: 'context-too-long', promptTokens: 900, contextTokens: 512 },
  ],
])('%s is one of the closed set', async (failure, error) => {
  const { model } = setUp([], failure)
  await expect(partsOf(model)).rejects.toBeInstanceOf(ModelFailure)
  await expect(partsOf(model)).rejects.toMatchObject({ error })
})

test('a stream that ends without a reason is cut, and one that is stopped is quiet', async () => {
  const { model } = setUp([{ choices: [{ text: 'She' }] }])
  await expect(partsOf(model)).rejects.toMatchObject({ error: { kind: 'cut' } })
  const aborter = new AbortController()
  aborter.abort()
  for await (const part of model.stream(request, aborter.signal)) expect(part).toBeUndefined()
})
