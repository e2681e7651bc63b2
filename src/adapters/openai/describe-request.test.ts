import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Connection, herSampling, type Sampling, type ServerKind, untestedCapabilities } from '#core/connection.ts'
import type { ModelRequest } from '#ports/model.ts'
import { type ModelServer, startModelServer } from '../../../e2e/model-server/model-server.ts'
import { imitatedKinds } from '../../../e2e/model-server/server-kinds.ts'
import { connectionTo, greeting, tryModel } from '../../../e2e/model-server/try-model.ts'
import { createOpenAiModel } from './openai-model.ts'

let server: ModelServer

beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => server.forget())
afterAll(() => server.close())

function open(connection: Connection, key?: string) {
  return createOpenAiModel({ connection, fetch, origin: 'http://localhost:4173', ...(key && { key }) })
}

const sampling: fc.Arbitrary<Sampling> = fc.record(
  {
    temperature: fc.double({ min: 0, max: 2, noNaN: true }),
    topP: fc.double({ min: 0.05, max: 1, noNaN: true }),
    topK: fc.integer({ min: 1, max: 200 }),
    minP: fc.double({ min: 0, max: 1, noNaN: true }),
    repetitionPenalty: fc.double({ min: 0.5, max: 2, noNaN: true }),
    maxTokens: fc.integer({ min: 1, max: 4096 }),
  },
  { requiredKeys: ['temperature', 'topP', 'maxTokens'] },
)

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
const request: fc.Arbitrary<ModelRequest> = fc
  .record({
    contents: fc.array(text, { minLength: 2, maxLength: 5 }),
    prefill: fc.option(text, { nil: undefined }),
    stop: fc.array(text, { maxLength: 6 }),
    sampling,
  })
  .map(({ contents, prefill, ...rest }) => ({
    ...rest,
    messages: contents.map((content, at) => ({ role: at === 0 ? 'system' : at % 2 ? 'user' : 'assistant', content })),
    ...(prefill && { prefill }),
  }))

const target = fc.record({
  kind: fc.constantFrom(...imitatedKinds),
  transport: fc.constantFrom('chat' as const, 'completions' as const),
  prefill: fc.constantFrom('none' as const, 'trailing' as const, 'flags' as const),
  thinkingSwitch: fc.boolean(),
  key: fc.option(fc.constant('secret-key'), { nil: undefined }),
})

test('what is described is what arrives, byte for byte, and the key is not in it', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(target, request, async ({ kind, transport, prefill, thinkingSwitch, key }, asked) => {
      server.forget()
      const capabilities = { ...untestedCapabilities, prefill, thinkingSwitch }
      const model = open(connectionTo(`${server.url}/${kind}`, { kind, transport, capabilities }), key)
      const described = model.describe(asked)
      const { parts } = await tryModel(model, asked)
      const [recorded, ...more] = server.generations()
      expect(more).toEqual([])
      expect(described.body).toBe(recorded?.text)
      expect(described.url).toBe(`${server.url}${recorded?.path}`)
      expect(described.hasKey).toBe(recorded?.headers.authorization !== undefined)
      expect(JSON.stringify(described)).not.toContain('secret-key')
      const start = parts.find((part) => part.type === 'stream-start')
      if (start) expect(described.prefilled).toBe(start.prefilled)
    }),
    { numRuns: 60 },
  )
})

const own = { ...herSampling, topK: 40, minP: 0.05, repetitionPenalty: 1.15 }
const fieldsByKind: Readonly<Record<ServerKind, readonly string[]>> = {
  vllm: ['top_k', 'min_p', 'repetition_penalty'],
  sglang: ['top_k', 'min_p', 'repetition_penalty'],
  llamacpp: ['top_k', 'min_p', 'repeat_penalty'],
  // Asked by an adapter of its own.
  'in-page': ['top_k', 'min_p', 'repetition_penalty'],
  openrouter: ['top_k', 'min_p', 'repetition_penalty'],
  other: ['top_k', 'min_p', 'repetition_penalty'],
  lmstudio: ['top_k', 'repeat_penalty'],
  ollama: [],
  openai: [],
  demo: [],
}

test.each(Object.entries(fieldsByKind))('%s is sent no sampling field it does not take', (kind, fields) => {
  const { body } = open(connectionTo('http://here', { kind: kind as ServerKind })).describe({
    ...greeting,
    sampling: own,
  })
  const sent = Object.keys(JSON.parse(body)).filter((name) => /top_k|min_p|penalty/.test(name))
  expect(sent).toEqual(fields)
})

const signal = new AbortController().signal

test.each(['vllm', 'sglang', 'llamacpp'] as const)(
  '%s counts the prompt as it counts it when it is sent',
  async (kind) => {
    const prefill = kind === 'llamacpp' ? ('trailing' as const) : ('flags' as const)
    for (const transport of ['chat', 'completions'] as const) {
      const capabilities = { ...untestedCapabilities, prefill }
      const model = open(connectionTo(`${server.url}/${kind}`, { kind, transport, capabilities }))
      const counted = await model.count({ ...greeting, prefill: '<system_thinking>' }, signal)
      const body = JSON.parse(model.describe({ ...greeting, prefill: '<system_thinking>' }).body)
      const sent = body.prompt ?? body.messages.map(({ content }: { content: string }) => content).join('')
      expect(counted).toBe(Math.ceil(sent.length / 4))
    }
    expect(server.generations()).toEqual([])
  },
)

test('where nothing counts nothing is asked, and a server that is gone is no failure', async () => {
  expect(await open(connectionTo(`${server.url}/ollama`, { kind: 'ollama' })).count(greeting, signal)).toBeUndefined()
  expect(server.requests).toEqual([])
  expect(await open(connectionTo('http://127.0.0.1:9', { kind: 'vllm' })).count(greeting, signal)).toBeUndefined()
})
