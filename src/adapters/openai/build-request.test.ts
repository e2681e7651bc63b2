import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Connection, herSampling, type PrefillWay, untestedCapabilities } from '#core/connection.ts'
import { type ModelServer, startModelServer } from '../../../e2e/model-server/model-server.ts'
import { connectionTo, greeting, tryModel } from '../../../e2e/model-server/try-model.ts'
import { buildRequest } from './build-request.ts'
import { createOpenAiModel } from './openai-model.ts'

let server: ModelServer

beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => {
  server.requests.length = 0
})
afterAll(() => server.close())

const messages = [
  { role: 'system' as const, content: 'You are Élise.' },
  { role: 'user' as const, content: 'Tom: Hello?' },
]
const request = {
  messages,
  sampling: { temperature: 0.7, topP: 0.9, repetitionPenalty: 1.15, maxTokens: 2048 },
  stop: ['<|im_end|>', '<|im_start|>', '<|endoftext|>', '\nTom:', '\nMary:'],
}
const prefill = '<system_thinking>The old bridge'

async function sent(changes: Partial<Connection>, withPrefill = true, key?: string) {
  const { kind = 'vllm' } = changes
  const connection = connectionTo(`${server.url}/${kind}`, { ...changes })
  const model = createOpenAiModel({ connection, fetch, origin: 'http://localhost:4173', ...(key && { key }) })
  const tried = await tryModel(model, { ...request, ...(withPrefill && { prefill }) })
  const recorded = server.generations().at(-1)
  if (!recorded) throw new Error('nothing was sent')
  return { tried, recorded }
}

function able(prefillWay: PrefillWay, thinkingSwitch = false) {
  return { ...untestedCapabilities, prefill: prefillWay, thinkingSwitch }
}

describe('the body, byte by byte', () => {
  test('vLLM: both continue flags, the thinking switch, its own penalty', async () => {
    const { recorded, tried } = await sent({ kind: 'vllm', capabilities: able('flags', true) })
    expect(recorded.path).toBe('/vllm/v1/chat/completions')
    expect(recorded.text).toBe(
      '{"model":"her","temperature":0.7,"top_p":0.9,"stop":["<|im_end|>","<|im_start|>","<|endoftext|>","\\nTom:","\\nMary:"],' +
        '"repetition_penalty":1.15,"max_tokens":2048,"continue_final_message":true,"add_generation_prompt":false,"chat_template_kwargs":{"enable_thinking":false},"stream":true,"stream_options":{"include_usage":true},' +
        '"messages":[{"role":"system","content":"You are Élise."},{"role":"user","content":"Tom: Hello?"},' +
        '{"role":"assistant","content":"<system_thinking>The old bridge"}]}',
    )
    expect(tried.parts[0]).toEqual({ type: 'stream-start', prefilled: true })
  })

  test('llama.cpp: a trailing message, no flags, its own name for the penalty', async () => {
    const { recorded } = await sent({ kind: 'llamacpp', capabilities: able('trailing', true) })
    expect(recorded.text).toBe(
      '{"model":"her","temperature":0.7,"top_p":0.9,"stop":["<|im_end|>","<|im_start|>","<|endoftext|>","\\nTom:","\\nMary:"],' +
        '"repeat_penalty":1.15,"max_tokens":2048,"chat_template_kwargs":{"enable_thinking":false},"stream":true,"stream_options":{"include_usage":true},' +
        '"messages":[{"role":"system","content":"You are Élise."},{"role":"user","content":"Tom: Hello?"},' +
        '{"role":"assistant","content":"<system_thinking>The old bridge"}]}',
    )
  })

  test('without a prefill no flag is sent', async () => {
    const { recorded, tried } = await sent({ kind: 'vllm', capabilities: able('flags') }, false)
    expect(recorded.body).not.toHaveProperty('continue_final_message')
    expect(recorded.body).not.toHaveProperty('add_generation_prompt')
    expect(recorded.body?.messages).toEqual(messages)
    expect(tried.parts[0]).toEqual({ type: 'stream-start', prefilled: false })
  })

  test('an empty prefill is none', async () => {
    const connection = connectionTo(server.url, { capabilities: able('flags') })
    const model = createOpenAiModel({ connection, fetch, origin: '' })
    await tryModel(model, { ...greeting, prefill: '' })
    expect(server.generations().at(-1)?.body?.messages).toEqual(greeting.messages)
  })

  test('where the character had the last word the reply goes on from that message, and no echo of it is shown', async () => {
    const connection = connectionTo(server.url, { kind: 'llamacpp', capabilities: able('trailing') })
    const model = createOpenAiModel({ connection, fetch, origin: '' })
    const own = { role: 'assistant' as const, content: 'Anna: Yes.' }
    const joined = `Anna: Yes.\n\n${prefill}`
    server.next({ text: `${joined} is wet.` })
    const tried = await tryModel(model, { ...greeting, messages: [...greeting.messages, own], prefill })
    expect(server.generations().at(-1)?.body?.messages).toEqual([
      ...greeting.messages,
      { role: 'assistant', content: joined },
    ])
    expect(tried.text).toBe(' is wet.')
  })

  test('where a prefill is not taken it is left out, and this is said', async () => {
    const { recorded, tried } = await sent({ kind: 'ollama', capabilities: able('none') })
    expect(recorded.body?.messages).toEqual(messages)
    expect(recorded.body).not.toHaveProperty('repetition_penalty')
    expect(recorded.body).not.toHaveProperty('repeat_penalty')
    expect(tried.parts[0]).toEqual({ type: 'stream-start', prefilled: false })
  })

  test('OpenAI gets its own fields only, and four stops', async () => {
    const { recorded, tried } = await sent({ kind: 'openai', capabilities: able('none', true) })
    expect(Object.keys(recorded.body ?? {}).sort()).toEqual(
      ['max_completion_tokens', 'messages', 'model', 'stop', 'stream', 'stream_options', 'temperature', 'top_p'].sort(),
    )
    expect(recorded.body?.stop).toEqual(request.stop.slice(0, 4))
    expect(tried.error).toBeUndefined()
  })

  test('a strict server of unknown kind gets the fields of OpenAI, the length by its new name', async () => {
    const capabilities = { ...able('none'), lengthField: 'max_completion_tokens', strict: true } as const
    const { recorded, tried } = await sent({ kind: 'other', baseUrl: `${server.url}/openai/v1`, capabilities })
    expect(recorded.path).toBe('/openai/v1/chat/completions')
    expect(recorded.body).toHaveProperty('max_completion_tokens', 2048)
    for (const name of ['max_tokens', 'repetition_penalty']) expect(recorded.body).not.toHaveProperty(name)
    expect(tried.error).toBeUndefined()
  })

  test.each(['ollama', 'lmstudio', 'openrouter', 'openai', 'demo'] as const)(
    '%s never gets the thinking switch',
    (kind) => {
      const { body } = buildRequest(
        { kind, model: 'her', transport: 'chat', capabilities: able('none', true) },
        request,
      )
      expect(body).not.toHaveProperty('chat_template_kwargs')
      expect(body).not.toHaveProperty('top_k')
    },
  )

  test('raw completions: a prompt in ChatML that ends in the prefill', async () => {
    const { recorded, tried } = await sent({ transport: 'completions', capabilities: able('none', true) })
    expect(recorded.path).toBe('/vllm/v1/completions')
    expect(recorded.text).toBe(
      '{"model":"her","temperature":0.7,"top_p":0.9,"stop":["<|im_end|>","<|im_start|>","<|endoftext|>","\\nTom:","\\nMary:"],' +
        '"repetition_penalty":1.15,"max_tokens":2048,"stream":true,"stream_options":{"include_usage":true},' +
        '"prompt":"<|im_start|>system\\nYou are Élise.<|im_end|>\\n<|im_start|>user\\nTom: Hello?<|im_end|>\\n' +
        '<|im_start|>assistant\\n<system_thinking>The old bridge"}',
    )
    expect(tried.parts[0]).toEqual({ type: 'stream-start', prefilled: true })
    expect(tried.text).toMatch(/^ Élise hears “Hello”/)
  })

  test('no penalty and no stops are left out', async () => {
    const model = createOpenAiModel({ connection: connectionTo(server.url), fetch, origin: '' })
    await tryModel(model, { messages, sampling: herSampling, stop: [] })
    expect(Object.keys(server.generations().at(-1)?.body ?? {})).toEqual(
      expect.not.arrayContaining(['stop', 'repetition_penalty']),
    )
  })
})

describe('the headers', () => {
  const own = ['x-stainless-lang', 'x-stainless-retry-count', 'x-stainless-timeout', 'x-stainless-os', 'openai-project']

  test('hold no key when there is none, and nothing that a strict preflight refuses', async () => {
    const { recorded } = await sent({})
    expect(recorded.headers['content-type']).toBe('application/json')
    for (const name of [...own, 'authorization']) expect(recorded.headers).not.toHaveProperty(name)
    expect(Object.keys(recorded.headers).filter((name) => name.startsWith('x-'))).toEqual([])
  })

  test('hold the key when there is one', async () => {
    const { recorded } = await sent({}, true, 'sk-test')
    expect(recorded.headers.authorization).toBe('Bearer sk-test')
  })
})

describe('an echoed prefill', () => {
  test.each(['continue', 'echo'] as const)('%s: the text goes on from the prefill', async (way) => {
    server.next({ prefill: way, text: ' creaked.</system_thinking>Élise: Good evening.' })
    const { tried } = await sent({ kind: 'llamacpp', capabilities: able('trailing') })
    expect(tried.text).toBe(' creaked.</system_thinking>Élise: Good evening.')
  })

  test('is taken off the reasoning too', async () => {
    server.next({ prefill: 'echo', reasoning: 'all', text: ' creaked.</system_thinking>Hm.' })
    const { tried } = await sent({ kind: 'llamacpp', capabilities: able('trailing') })
    expect(tried.reasoning).toBe(' creaked.</system_thinking>Hm.')
  })

  test('what only began like it is given out, also when the stream breaks', async () => {
    const body = 'data: {"choices":[{"delta":{"content":"<system_thinking>The"}}]}\n\n'
    server.next({ body, fault: 'drop', at: body.length })
    const { tried } = await sent({ kind: 'llamacpp', capabilities: able('trailing') })
    expect(tried.text).toBe('<system_thinking>The')
    expect(tried.error?.kind).toBe('cut')
  })
})
