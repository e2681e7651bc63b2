import { expect, test } from 'vitest'
import { createTokenCounter } from '#core/gguf/count-tokens.ts'
import { readVocabulary } from '#core/gguf/read-gguf.ts'
import { tinyModel } from '#core/gguf/tiny-model.test-kit.ts'
import { parseReply } from '#core/her/parse.ts'
import { shapeGrammar } from '#core/her/shape-grammar.ts'
import type { EngineStatus } from '#ports/in-page.ts'
import { createEngine, type EngineRequest } from './engine.ts'
import type { LlamaChunk } from './llama.ts'

const model = tinyModel({ contextTokens: 1024 })

function setUp(suspends = 'Suspending' in WebAssembly) {
  const statuses: EngineStatus[] = []
  const engine = createEngine({
    openWorker: () => new Worker(new URL('./llama-worker.ts', import.meta.url), { type: 'module', name: 'no-gpu' }),
    openWeights: async (name) => (name === 'tiny.gguf' ? [new Blob([model])] : undefined),
    findGpu: async () => false,
    suspends,
    now: () => performance.now(),
  })
  engine.subscribe(() => statuses.push(engine.status()))
  return { engine, statuses }
}

function ask(prompt: string, more: object = {}, name = 'tiny.gguf'): EngineRequest {
  const body = { prompt, max_tokens: 24, temperature: 1, seed: 7, stream: true, ...more }
  const usage = { stream_options: { include_usage: true }, return_progress: true, cache_prompt: true }
  return { model: name, contextTokens: 512, isChat: false, body: { ...body, ...usage } }
}

async function collect(chunks: AsyncIterable<LlamaChunk>) {
  let text = ''
  let last: LlamaChunk | undefined
  for await (const chunk of chunks) {
    text += chunk.choices?.[0]?.text ?? ''
    last = chunk
  }
  return { text, last }
}

const never = new AbortController().signal
const story = '<|im_start|>user\nThe old bridge, and rain. She waits, isn’t she?<|im_end|>\n<|im_start|>assistant\n'

test('a model is loaded once, replies, knows a prompt it has read, and counts tokens as we do', async () => {
  const { engine, statuses } = setUp()
  const first = await collect(engine.run(ask(story), never))
  expect(first.last?.usage?.completion_tokens).toBeGreaterThan(0)
  expect(statuses.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['loading', 'reading', 'writing', 'ready']))
  const vocabulary = readVocabulary(model)
  expect(first.last?.usage?.prompt_tokens).toBe(vocabulary && createTokenCounter(vocabulary)?.(story))

  // Another prompt comes between, as a summary would.
  const between = collect(engine.run(ask('<|im_start|>system\nRemember all of it.<|im_end|>\n'), never))
  const second = collect(engine.run(ask(`${story}and <|im_end|>\n<|im_start|>user\nslowly`), never))
  await between
  const { last } = await second
  expect(last?.timings?.cache_n).toBeGreaterThan((first.last?.usage?.prompt_tokens ?? 0) - 4)
  expect(statuses.filter(({ phase }) => phase === 'loading').length).toBeGreaterThan(0)
  expect(engine.status()).toMatchObject({ phase: 'ready', model: 'tiny.gguf', usesGpu: false })
  engine.unload()
  expect(engine.status()).toEqual({ phase: 'off' })
})

test('the same seed says the same; a grammar holds a reply to the layers; a stop ends it at once', async () => {
  const { engine } = setUp()
  const [one, other] = [await collect(engine.run(ask(story), never)), await collect(engine.run(ask(story), never))]
  expect(other.text).toBe(one.text)

  const grammar = shapeGrammar('<system_thinking>')
  const shaped = await collect(engine.run(ask(`${story}<system_thinking>`, { grammar, max_tokens: 300 }), never))
  const { segments } = parseReply(`<system_thinking>${shaped.text}`, { speaker: 'Mara' })
  expect(segments[0]?.layer).toBe('system_thinking')

  const aborter = new AbortController()
  let pieces = 0
  for await (const _ of engine.run(ask(story, { max_tokens: 400, ignore_eos: true }), aborter.signal)) {
    pieces += 1
    if (pieces === 5) aborter.abort()
  }
  expect(pieces).toBe(5)
  // What comes next does not wait for the reply that was stopped.
  expect((await collect(engine.run(ask(story), never))).text).toBe(one.text)
  engine.unload()
})

test('without suspending calls the weights are copied in first', async () => {
  const { engine } = setUp(false)
  expect((await collect(engine.run(ask(story), never))).last?.usage?.prompt_tokens).toBeGreaterThan(10)
  engine.unload()
})

test('what is not there, is no model, or does not fit is said, and the engine is whole after it', async () => {
  const { engine } = setUp()
  await expect(collect(engine.run(ask(story, {}, 'other.gguf'), never))).rejects.toMatchObject({ problem: 'gone' })
  await expect(collect(engine.run(ask('the old bridge '.repeat(400)), never))).rejects.toMatchObject({
    problem: 'asked-wrong',
    message: expect.stringContaining('n_prompt_tokens'),
  })
  expect((await collect(engine.run(ask(story), never))).last?.usage?.prompt_tokens).toBeGreaterThan(10)
  engine.unload()

  const spoiled = model.slice()
  spoiled.fill(0xff, 40, 60)
  const broken = createEngine({
    openWorker: () => new Worker(new URL('./llama-worker.ts', import.meta.url), { type: 'module', name: 'no-gpu' }),
    openWeights: async () => [new Blob([spoiled])],
    findGpu: async () => false,
    suspends: 'Suspending' in WebAssembly,
    now: () => performance.now(),
  })
  await expect(collect(broken.run(ask(story), never))).rejects.toMatchObject({ name: 'LlamaFailure' })
  expect(broken.status()).toEqual({ phase: 'off' })
})

test('a worker that is not allowed to start is a failure, and no silence', async () => {
  const engine = createEngine({
    openWorker: () => new Worker('/not-there/worker.js', { type: 'module' }),
    openWeights: async () => [new Blob([model])],
    findGpu: async () => false,
    suspends: true,
    now: () => performance.now(),
  })
  await expect(collect(engine.run(ask(story), never))).rejects.toMatchObject({ problem: 'refused' })
})
