import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { faults, listedModels, readBehaviour } from './behaviour.ts'
import { type ModelServer, startModelServer } from './model-server.ts'
import { generateReply } from './reply.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => {
  server.requests.length = 0
})
afterAll(() => server.close())

function post(path: string, body: unknown): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

const messages = [
  { role: 'system', content: 'You are Anna.' },
  { role: 'user', content: 'Tom: <role_action>waves</role_action>Where is the blue lantern?' },
]

async function contentOf(response: Response): Promise<string> {
  const events = (await response.text()).split('\n\n').filter((event) => event.startsWith('data: {'))
  return events.map((event) => JSON.parse(event.slice(6)).choices[0]?.delta?.content ?? '').join('')
}

describe('the replies', () => {
  test('take up the words they were given, in four layers', async () => {
    const content = await contentOf(await post('/v1/chat/completions', { model: 'her', messages, stream: true }))
    expect(content).toMatch(/^<system_thinking>Anna hears “Where is the blue lantern”.*<\/system_thinking>\nAnna: /s)
    expect(content).toContain('<role_action>')
    expect(content).toContain('<role_thinking>')
    expect(content).toContain('You said “Where is the blue lantern”.')
    expect(content).not.toContain('waves')
  })

  test('are the same for the same prompt and seed, and another for another seed', () => {
    const seeds = [1, 1, 2, 3, 4, 5].map((seed) => JSON.stringify(generateReply(messages, '', { seed })))
    expect(seeds[0]).toBe(seeds[1])
    expect(new Set(seeds).size).toBeGreaterThan(2)
  })

  test.each([
    ['<system_thinking>She', /^ Anna hears .*<\/system_thinking>\nAnna: /s],
    ['<system_thinking>She.</system_thinking><role_thinking>Not him', /^ and yet\.<\/role_thinking>You said/],
    ['<system_thinking>She.</system_thinking>', /^<role_action>/],
  ])('go on from %s', (prefill, expected) => {
    const { planning, rest } = generateReply(messages, prefill, {})
    expect(planning + rest).toMatch(expected)
  })

  test('are as long and as fast as they are asked to be', async () => {
    const startedAt = performance.now()
    const model = 'her;rate=500;tokens=150'
    const content = await contentOf(await post('/v1/chat/completions', { model, messages, stream: true }))
    expect(performance.now() - startedAt).toBeGreaterThan(250)
    expect(content.length).toBeGreaterThan(600)
  })

  test('end where a stop string or the tokens say so', async () => {
    const stopped = await post('/v1/chat/completions', { model: 'her', messages, stop: ['You said'] })
    const { choices, usage } = await stopped.json()
    expect(choices[0].message.content).not.toContain('You said')
    expect(choices[0].finish_reason).toBe('stop')
    expect(usage.completion_tokens).toBeGreaterThan(5)
    const short = await (await post('/v1/chat/completions', { model: 'her', messages, max_tokens: 3 })).json()
    expect(short.choices[0].finish_reason).toBe('length')
    expect(short.usage.completion_tokens).toBe(3)
  })
})

describe('behaviours', () => {
  test('are read from model ids', () => {
    expect(readBehaviour('fault:drop;at=300')).toEqual({ fault: 'drop', at: 300 })
    expect(readBehaviour('fault:429;retry-after=2')).toEqual({ fault: '429', retryAfter: '2' })
    expect(readBehaviour('her;rate=40;crlf;split=byte')).toEqual({ rate: 40, crlf: true, split: 'byte' })
    expect(readBehaviour('plain')).toEqual({ format: 'plain' })
    expect(readBehaviour('fault:unheard-of')).toBeUndefined()
    expect(readBehaviour('gpt-4o')).toBeUndefined()
    for (const model of listedModels) expect(readBehaviour(model), model).toBeDefined()
    expect(listedModels.length).toBeGreaterThan(faults.length)
  })

  test('are queued by a script, here and over the wire', async () => {
    server.next({ text: 'One.' })
    await post('/control', { next: [{ text: 'Two.' }] })
    const replies: string[] = []
    for (let count = 0; count < 2; count += 1) {
      replies.push(await contentOf(await post('/v1/chat/completions', { model: 'her', messages, stream: true })))
    }
    expect(replies).toEqual(['One.', 'Two.'])
    const seen = await (await fetch(`${server.url}/control`)).json()
    expect(seen.queued).toBe(0)
    expect(seen.requests.map(({ path }: { path: string }) => path)).toEqual([
      '/v1/chat/completions',
      '/v1/chat/completions',
    ])
  })

  test('a fault after so many bytes strikes after exactly so many', async () => {
    const response = await post('/v1/chat/completions', { model: 'fault:cut;at=321', messages, stream: true })
    expect((await response.arrayBuffer()).byteLength).toBe(321)
  })
})

describe('kinds', () => {
  const prefilled = [...messages, { role: 'assistant', content: '<system_thinking>She' }]
  const flags = { continue_final_message: true, add_generation_prompt: false }

  test.each([
    ['vllm', flags, /^ Anna hears/],
    ['vllm', {}, /^<system_thinking>Anna hears/],
    ['sglang', { continue_final_message: true }, /^ Anna hears/],
    ['llamacpp', {}, /^<system_thinking>She Anna hears/],
    ['llamacpp', flags, /^ Anna hears/],
    ['ollama', {}, /^ Anna hears/],
    ['openai', {}, /^<system_thinking>Anna hears/],
  ])('%s with %j', async (kind, fields, expected) => {
    const body = { model: 'her', messages: prefilled, stream: true, ...fields }
    expect(await contentOf(await post(`/${kind}/v1/chat/completions`, body))).toMatch(expected)
  })

  test.each([
    ['vllm', { continue_final_message: true }],
    ['llamacpp', { continue_final_message: true }],
    ['openai', flags],
  ])('%s refuses %j', async (kind, fields) => {
    const response = await post(`/${kind}/v1/chat/completions`, { model: 'her', messages: prefilled, ...fields })
    expect(response.status).toBe(400)
  })

  test('a raw prompt is gone on from', async () => {
    const prompt = '<|im_start|>user\nTom: Hello there.<|im_end|>\n<|im_start|>assistant\n<system_thinking>She'
    const response = await (await post('/v1/completions', { model: 'her', prompt })).json()
    expect(response.choices[0].text).toMatch(/^ Anna hears “Hello there”/)
  })

  test('a prompt that does not fit is refused, but not by Ollama', async () => {
    const long = [{ role: 'user', content: 'word '.repeat(40_000) }]
    for (const [kind, status] of [
      ['vllm', 400],
      ['llamacpp', 400],
      ['ollama', 200],
    ] as const) {
      expect((await post(`/${kind}/v1/chat/completions`, { model: 'her', messages: long })).status).toBe(status)
    }
  })

  test('an unknown model is refused, but not by llama.cpp', async () => {
    expect((await post('/vllm/v1/chat/completions', { model: 'gpt', messages })).status).toBe(404)
    expect((await post('/llamacpp/v1/chat/completions', { model: 'gpt', messages })).status).toBe(200)
  })
})
