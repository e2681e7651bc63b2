import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Connection } from '#core/connection.ts'
import type { ModelError } from '#core/model-error.ts'
import type { Fault } from '../../../e2e/model-server/behaviour.ts'
import { type ModelServer, startModelServer } from '../../../e2e/model-server/model-server.ts'
import { connectionTo, greeting, tryModel } from '../../../e2e/model-server/try-model.ts'
import { createOpenAiModel, type OpenAiModelOptions } from './openai-model.ts'

let server: ModelServer
let wholeReply = ''

beforeAll(async () => {
  server = await startModelServer()
  wholeReply = (await tryModel(modelFor('her'))).text
})
beforeEach(() => {
  server.requests.length = 0
})
afterAll(() => server.close())

function modelFor(model: string, changes: Partial<Connection> = {}, options: Partial<OpenAiModelOptions> = {}) {
  return createOpenAiModel({
    connection: connectionTo(server.url, { model, ...changes }),
    fetch,
    origin: 'http://localhost:4173',
    ...options,
  })
}

describe('a good reply', () => {
  test('comes in parts, with its end and its usage', async () => {
    const tried = await tryModel(modelFor('her'))
    expect(tried.parts[0]).toEqual({ type: 'stream-start', prefilled: false })
    expect(tried.text).toContain('<system_thinking>')
    expect(tried.text).toContain('You said “Did you see the lantern”')
    expect(tried.end).toMatchObject({ finishReason: 'stop', promptTokens: expect.any(Number) })
    expect(tried.end?.completionTokens).toBeGreaterThan(20)
    expect(tried.error).toBeUndefined()
  })

  test('a request that is expected is gone through, and does not leave', async () => {
    let calls = 0
    const counted: typeof fetch = (input, init) => {
      calls += 1
      return fetch(input, init)
    }
    const model = modelFor('her', {}, { fetch: counted })
    model.expect?.(greeting)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([calls, server.requests.length]).toEqual([0, 0])
    expect((await tryModel(model)).text).toBe(wholeReply)
    expect([calls, server.requests.length]).toEqual([1, 1])
  })

  const sameReply = [
    'her;split=byte;delta=3',
    'her;crlf',
    'her;crlf;split=byte',
    'her;rate=2000',
    'fault:no-done',
    'fault:no-finish',
    'fault:json',
    'fault:ndjson',
    'fault:oddities',
    'her;first=60;comments=10',
    'her;queue=50',
  ]
  test.each(sameReply)('%s is read as the same reply', { timeout: 20_000 }, async (model) => {
    const tried = await tryModel(modelFor(model))
    expect(tried.error).toBeUndefined()
    expect(tried.text).toBe(wholeReply)
    expect(tried.end?.finishReason).toBe('stop')
  })

  test('is asked for when all is ready, and not before', async () => {
    let letGo = () => {}
    const ready = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const parts = modelFor('her').stream(greeting, new AbortController().signal, ready)[Symbol.asyncIterator]()
    const first = parts.next()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(server.requests).toEqual([])
    letGo()
    expect((await first).value).toMatchObject({ type: 'stream-start' })
    expect(server.requests).toHaveLength(1)
    await parts.return?.()
  })

  test('is not asked for any more by whom gave it up before all was ready', async () => {
    const aborter = new AbortController()
    const ready = Promise.resolve().then(() => aborter.abort())
    for await (const part of modelFor('her').stream(greeting, aborter.signal, ready)) expect(part).toBeUndefined()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(server.requests).toEqual([])
  })

  test('comments are signs of life', async () => {
    const tried = await tryModel(modelFor('her;first=80;comments=10'))
    const firstText = tried.parts.findIndex((part) => part.type === 'text-delta')
    expect(tried.parts.slice(1, firstText).filter((part) => part.type === 'alive').length).toBeGreaterThan(2)
  })

  test('what made no sense in the stream is counted', async () => {
    const tried = await tryModel(modelFor('fault:oddities'))
    expect(tried.end?.unreadableEvents).toBe(2)
  })

  test.each(['reasoning_content', 'reasoning', 'both'])('planning in %s is taken once', async (field) => {
    const tried = await tryModel(modelFor(`her;reasoning=planning;field=${field}`))
    expect(`<system_thinking>${tried.reasoning}</system_thinking>${tried.text}`).toBe(wholeReply)
  })

  test('a whole reply in the reasoning is given as it came', async () => {
    const tried = await tryModel(modelFor('her;reasoning=all;field=reasoning'))
    expect(tried.text).toBe('')
    expect(tried.reasoning).toBe(wholeReply)
    expect(tried.error).toBeUndefined()
  })

  test('a reply that ran out of tokens says so', async () => {
    const tried = await tryModel(modelFor('fault:length'))
    expect(tried.end?.finishReason).toBe('length')
    expect(tried.text).toMatch(/^<system_thinking>/)
    expect(tried.text).not.toContain('</system_thinking>')
  })
})

describe('what goes wrong', () => {
  const early: readonly (readonly [Fault | string, Partial<ModelError>])[] = [
    ['400', { kind: 'rejected', status: 400, detail: 'body.temperature: Input should be a number' }],
    ['422', { kind: 'rejected', status: 422 }],
    ['401', { kind: 'unauthorized', hasKey: false, detail: 'Invalid API Key' }],
    ['403', { kind: 'unauthorized', hasKey: false }],
    ['404', { kind: 'unknown-model', model: 'fault:404' }],
    ['429;retry-after=2', { kind: 'rate-limited', retryAfterMs: 2000 }],
    ['429', { kind: 'rate-limited' }],
    ['500', { kind: 'server-error', status: 500, detail: 'CUDA out of memory' }],
    ['503', { kind: 'loading' }],
    ['overflow', { kind: 'context-too-long', contextTokens: 32_768, promptTokens: expect.any(Number) }],
    ['html', { kind: 'wrong-path', status: 200, detail: 'Welcome to the router' }],
    ['gateway', { kind: 'server-error', status: 502, detail: '502 Bad Gateway' }],
    ['json-error', { kind: 'server-error', status: 503, detail: 'No endpoints found for this model.' }],
    ['nothing', { kind: 'cut' }],
    ['empty', { kind: 'empty', finishReason: 'stop' }],
  ]
  test.each(early)('fault:%s', async (fault, error) => {
    const tried = await tryModel(modelFor(`fault:${fault}`))
    expect(tried.error).toMatchObject(error)
    expect(tried.text).toBe('')
  })

  const midway: readonly (readonly [string, ModelError['kind']])[] = [
    ['drop', 'cut'],
    ['cut', 'cut'],
    ['stall', 'stalled'],
    ['error', 'server-error'],
  ]
  test.each(midway)('fault:%s in the middle keeps the text', async (fault, kind) => {
    const tried = await tryModel(modelFor(`fault:${fault};at=4000`, {}, { idleMs: 150 }))
    expect(tried.error?.kind).toBe(kind)
    expect(tried.text.length).toBeGreaterThan(40)
    expect(wholeReply.startsWith(tried.text)).toBe(true)
    expect(tried.end).toBeUndefined()
  })

  test('the half event that a cut leaves is no oddity of the server', async () => {
    expect((await tryModel(modelFor('fault:cut;at=4000'))).error).toEqual({ kind: 'cut' })
  })

  test('the words of an error in the stream are kept', async () => {
    const tried = await tryModel(modelFor('fault:error;at=2000'))
    expect(tried.error).toEqual({ kind: 'server-error', status: 500, detail: 'The engine died in the middle.' })
  })

  test('comments keep a slow stream from counting as stalled', async () => {
    const tried = await tryModel(modelFor('her;first=400;comments=30', {}, { idleMs: 200 }))
    expect(tried.error).toBeUndefined()
    expect(tried.text).toBe(wholeReply)
  })

  test('silence before the first byte is borne', async () => {
    const tried = await tryModel(modelFor('her;queue=150;first=150', {}, { idleMs: 50 }))
    expect(tried.text).toBe(wholeReply)
  })

  test('a server that is gone is unreachable', async () => {
    const gone = await startModelServer()
    await gone.close()
    const tried = await tryModel(modelFor('her', { baseUrl: `${gone.url}/v1` }))
    expect(tried.error).toEqual({ kind: 'unreachable', baseUrl: `${gone.url}/v1` })
  })

  test('a server that hangs up without a word, but is there, has failed', async () => {
    const tried = await tryModel(modelFor('fault:hangup'))
    expect(tried.error?.kind).toBe('server-error')
  })

  test('a path that is not there is told from a model that is not there', async () => {
    const wrongPath = await tryModel(modelFor('her', { baseUrl: `${server.url}/nowhere` }))
    expect(wrongPath.error).toMatchObject({ kind: 'wrong-path', status: 404 })
    const unknown = await tryModel(modelFor('gone-with-the-wind'))
    expect(unknown.error).toMatchObject({ kind: 'unknown-model', model: 'gone-with-the-wind' })
  })

  test('no request is repeated', async () => {
    await tryModel(modelFor('fault:500'))
    expect(server.generations()).toHaveLength(1)
  })

  test('an error never holds the key', async () => {
    server.next({
      body: '{"error":{"message":"Incorrect API key provided: sk-secret."}}',
      status: 401,
      contentType: 'application/json',
    })
    const tried = await tryModel(modelFor('her', {}, { key: 'sk-secret' }))
    expect(tried.error).toEqual({ kind: 'unauthorized', hasKey: true, detail: 'Incorrect API key provided: ….' })
  })
})

describe('stopping', () => {
  test('in the middle ends quietly, keeps the text and closes the connection', async () => {
    const controller = new AbortController()
    const tried = await tryModel(modelFor('her;rate=200'), greeting, controller.signal, (part) => {
      if (part.type === 'text-delta') controller.abort()
    })
    expect(tried.error).toBeUndefined()
    expect(tried.end).toBeUndefined()
    expect(tried.text.length).toBeGreaterThan(0)
    await expect.poll(() => server.generations()[0]?.aborted).toBe(true)
  })

  test('while the stream is silent ends quietly', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 150)
    const tried = await tryModel(modelFor('fault:stall;at=3000'), greeting, controller.signal)
    expect(tried.error).toBeUndefined()
    expect(tried.text.length).toBeGreaterThan(0)
  })

  test('before the headers ends quietly and closes the connection', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 50)
    const tried = await tryModel(modelFor('her;queue=60000'), greeting, controller.signal)
    expect(tried.parts).toEqual([])
    expect(tried.error).toBeUndefined()
    await expect.poll(() => server.generations()[0]?.aborted).toBe(true)
  })

  test('before the request sends nothing', async () => {
    const tried = await tryModel(modelFor('her'), greeting, AbortSignal.abort())
    expect(tried.parts).toEqual([])
    expect(server.requests).toEqual([])
  })

  test.each(['stream-start', 'text-delta'])('leaving the loop at the %s closes the connection', async (type) => {
    for await (const part of modelFor('her;rate=200').stream(greeting, new AbortController().signal)) {
      if (part.type === type) break
    }
    await expect.poll(() => server.generations()[0]?.aborted).toBe(true)
  })

  test('a body that knows nothing of the signal is stopped too', async () => {
    const controller = new AbortController()
    let isCancelled = false
    const body = new ReadableStream({
      start: (stream) => stream.enqueue(new TextEncoder().encode('data: {"choices":[{"delta":{"content":"Hm"}}]}\n\n')),
      cancel: () => {
        isCancelled = true
      },
    })
    const headers = { 'content-type': 'text/event-stream' }
    const builtIn = modelFor('her', {}, { fetch: async () => new Response(body, { headers }) })
    const tried = await tryModel(builtIn, greeting, controller.signal, () => setTimeout(() => controller.abort(), 10))
    expect(tried.text).toBe('Hm')
    expect(isCancelled).toBe(true)
  })
})

describe('after the finish reason', () => {
  test('a server that holds the line is left', async () => {
    const finish = 'data: {"choices":[{"delta":{"content":"Hm"},"finish_reason":"stop"}]}\n\n'
    server.next({ body: finish, fault: 'stall', at: finish.length })
    const waits: number[] = []
    const tried = await tryModel(
      modelFor(
        'her',
        {},
        {
          setTimer: (milliseconds, callback) => {
            waits.push(milliseconds)
            const timer = setTimeout(callback, milliseconds / 50)
            return () => clearTimeout(timer)
          },
        },
      ),
    )
    expect(tried.end?.finishReason).toBe('stop')
    expect(waits.at(-1)).toBeLessThan(10_000)
  })

  test('a connection that breaks is no loss', async () => {
    const finish = 'data: {"choices":[{"delta":{"content":"Hm"},"finish_reason":"stop"}]}\n\n'
    server.next({ body: finish, fault: 'drop', at: finish.length })
    const tried = await tryModel(modelFor('her'))
    expect(tried.error).toBeUndefined()
    expect(tried.end?.finishReason).toBe('stop')
  })

  test('nothing after [DONE] counts', async () => {
    const stream = 'data: {"choices":[{"delta":{"content":"Hm"}}]}\n\ndata: [DONE]\n\ndata: {"error":"late"}\n\n'
    server.next({ body: stream })
    const tried = await tryModel(modelFor('her'))
    expect(tried.text).toBe('Hm')
    expect(tried.end?.finishReason).toBe('stop')
  })
})
