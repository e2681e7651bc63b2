import { afterEach, describe, expect, test } from 'vitest'
import type { ModelError } from '#core/model-error.ts'
import { ModelFailure } from '#ports/model.ts'
import { type ModelServerOptions, startModelServer } from '../../../e2e/model-server/model-server.ts'
import { type ConnectOptions, createConnectPort } from './connect-port.ts'

const open: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

async function setupServer(options: ModelServerOptions = {}) {
  const server = await startModelServer(options)
  open.push(server)
  return server
}

const never = new AbortController().signal

function connectPort(options: Partial<ConnectOptions> = {}) {
  return createConnectPort({ fetch, origin: 'http://localhost:4173', isSecurePage: false, ...options })
}

async function failureOf(work: Promise<unknown>): Promise<ModelError> {
  try {
    await work
  } catch (error) {
    if (error instanceof ModelFailure) return error.error
    throw error
  }
  throw new Error('it did not fail')
}

describe('discover', () => {
  test.each(['', '/v1', '/v1/', '/v1/chat/completions', '/v1/models', '/chat/completions'])(
    'finds the API behind %s',
    async (path) => {
      const server = await setupServer()
      const found = await connectPort().discover(`${server.url}${path}`, undefined, never)
      expect(found.baseUrl).toBe(`${server.url}/v1`)
      expect(found.kind).toBe('vllm')
      expect(found.models[0]).toEqual({ id: 'her', contextTokens: 32_768 })
    },
  )

  test('takes an address without a scheme', async () => {
    const server = await setupServer()
    const found = await connectPort().discover(`127.0.0.1:${server.port}`, undefined, never)
    expect(found.baseUrl).toBe(`${server.url}/v1`)
  })

  test('falls back to the address without /v1', async () => {
    const server = await setupServer()
    const bare: typeof fetch = async (input, init) => {
      const path = new URL(String(input)).pathname
      if (path.startsWith('/v1')) return new Response('<html>', { status: 404 })
      return path === '/models' ? fetch(`${server.url}/v1/models`, init) : new Response('', { status: 404 })
    }
    const found = await connectPort({ fetch: bare }).discover('http://localhost:9', undefined, never)
    expect(found.baseUrl).toBe('http://localhost:9')
  })

  test.each([
    ['vllm', 'vllm', 4096],
    ['sglang', 'sglang', 4096],
    ['llamacpp', 'llamacpp', 4096],
    ['ollama', 'ollama', 4096],
    ['lmstudio', 'lmstudio', 4096],
    ['other', 'other', undefined],
  ] as const)('knows %s and how much it reads', async (kind, expected, contextTokens) => {
    const server = await setupServer({ context: 4096 })
    const found = await connectPort().discover(`${server.url}/${kind}/v1`, undefined, never)
    expect(found.kind).toBe(expected)
    expect(found.models.find(({ id }) => id === 'her')?.contextTokens).toBe(contextTokens)
  })

  test('says when a key is missing or wrong', async () => {
    const server = await setupServer({ key: 'sk-right' })
    expect(await failureOf(connectPort().discover(server.url, undefined, never))).toMatchObject({
      kind: 'unauthorized',
      hasKey: false,
    })
    expect(await failureOf(connectPort().discover(server.url, 'sk-wrong', never))).toMatchObject({
      kind: 'unauthorized',
      hasKey: true,
    })
    const found = await connectPort().discover(server.url, 'sk-right', never)
    expect(found.kind).toBe('vllm')
  })

  test('says when it is no address, no API, nobody there, too slow, or stopped', async () => {
    const server = await setupServer()
    await server.close()
    expect(await failureOf(connectPort().discover('not an address', undefined, never))).toEqual({
      kind: 'bad-address',
      address: 'not an address',
    })
    expect((await failureOf(connectPort().discover(server.url, undefined, never))).kind).toBe('unreachable')
    const page = async () =>
      new Response('<html><title>Hi</title></html>', { headers: { 'content-type': 'text/html' } })
    expect(await failureOf(connectPort({ fetch: page }).discover('localhost', undefined, never))).toMatchObject({
      kind: 'wrong-path',
      status: 200,
    })
    const silent: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      })
    const port = connectPort({
      fetch: silent,
      setTimer: (_milliseconds, callback) => {
        const timer = setTimeout(callback, 1)
        return () => clearTimeout(timer)
      },
    })
    expect((await failureOf(port.discover('localhost', undefined, never))).kind).toBe('unreachable')
    const controller = new AbortController()
    const stopped = failureOf(connectPort({ fetch: silent }).discover('localhost', undefined, controller.signal))
    controller.abort()
    expect((await stopped).kind).toBe('cut')
  })
})

describe('test', () => {
  async function testKind(kind: string, model = 'her', options: ModelServerOptions = {}, key?: string) {
    const server = await setupServer(options)
    const port = connectPort()
    const discovery = await port.discover(`${server.url}/${kind}/v1`, key, never)
    const steps: string[] = []
    const result = await port.test(discovery, model, key, never, (step) => steps.push(step))
    return { server, result, steps }
  }

  test.each([
    ['vllm', 'flags', false, true],
    ['sglang', 'flags', false, true],
    ['llamacpp', 'trailing', true, true],
    ['ollama', 'trailing', false, false],
    ['lmstudio', 'trailing', true, false],
  ] as const)('%s continues a prefill', async (kind, prefill, echo, thinkingSwitch) => {
    const { server, result, steps } = await testKind(kind, 'her', { context: 8192 })
    expect(result.capabilities).toEqual({
      prefill,
      echo,
      thinkingSwitch,
      contextTokens: 8192,
      speaksHer: true,
      completions: kind !== 'ollama',
    })
    expect(result.transport).toBe('chat')
    expect(result.sample).toMatch(/^<system_thinking>.*one, two, three, four.*<\/system_thinking>.*<role_action>/s)
    expect(server.generations().length).toBeLessThanOrEqual(4)
    expect(steps.length).toBeGreaterThan(0)
  })

  test('a chat template that restarts is gone round by raw prompts', async () => {
    const server = await setupServer()
    server.next({ prefill: 'restart' })
    const port = connectPort()
    const discovery = await port.discover(server.url, undefined, never)
    const { capabilities, transport } = await port.test(discovery, 'her', undefined, never, () => undefined)
    expect(capabilities).toMatchObject({ prefill: 'none', completions: true, speaksHer: true })
    expect(transport).toBe('completions')
  })

  test('a server that refuses the fields is asked again without them', async () => {
    const server = await setupServer()
    server.next({
      body: '{"detail":"chat_template_kwargs: extra fields not permitted"}',
      status: 422,
      contentType: 'application/json',
    })
    const port = connectPort()
    const discovery = await port.discover(server.url, undefined, never)
    const { capabilities } = await port.test(discovery, 'her', undefined, never, () => undefined)
    expect(capabilities).toMatchObject({ prefill: 'flags', thinkingSwitch: false, speaksHer: true })
    expect(server.generations().length).toBeLessThanOrEqual(4)
  })

  test('a strict server gets only the fields of OpenAI, by the names it wants', async () => {
    const { server, result, steps } = await testKind('openai')
    expect(result.capabilities).toEqual({
      prefill: 'none',
      echo: false,
      thinkingSwitch: false,
      lengthField: 'max_completion_tokens',
      strict: true,
      speaksHer: true,
      completions: true,
    })
    expect(result.transport).toBe('completions')
    expect(steps).toContain('Asking again, more simply')
    expect(server.generations().map(({ body, path }) => [path, body?.max_tokens, body?.max_completion_tokens])).toEqual(
      [
        ['/openai/v1/chat/completions', 160, undefined],
        ['/openai/v1/chat/completions', undefined, 160],
        ['/openai/v1/completions', 160, undefined],
      ],
    )
  })

  test('a strict server that names its reasons one after the other is borne with', async () => {
    const server = await setupServer()
    const refusal = (message: string) => ({
      body: JSON.stringify({ error: { message } }),
      status: 400,
      contentType: 'application/json',
    })
    server.next(refusal('Unrecognized request argument supplied: chat_template_kwargs'), {
      ...refusal("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
    })
    const port = connectPort()
    const discovery = await port.discover(`${server.url}/other`, undefined, never)
    const { capabilities } = await port.test(discovery, 'her', undefined, never, () => undefined)
    expect(capabilities).toMatchObject({ prefill: 'none', strict: true, lengthField: 'max_completion_tokens' })
    expect(server.generations().length).toBeLessThanOrEqual(4)
  })

  test('a known server before a model that wants the new name of the length keeps its other fields', async () => {
    const server = await setupServer()
    server.next({
      body: '{"error":{"message":"max_tokens is not supported with this model"}}',
      status: 400,
      contentType: 'application/json',
    })
    const port = connectPort()
    const discovery = await port.discover(server.url, undefined, never)
    const { capabilities } = await port.test(discovery, 'her', undefined, never, () => undefined)
    expect(capabilities).toMatchObject({
      prefill: 'flags',
      thinkingSwitch: true,
      lengthField: 'max_completion_tokens',
    })
    expect(capabilities).not.toHaveProperty('strict')
  })

  test('a server that refuses prefills gets none', async () => {
    const server = await setupServer()
    server.next({ prefill: 'refuse' })
    const port = connectPort()
    const discovery = await port.discover(`${server.url}/ollama`, undefined, never)
    const { capabilities, transport } = await port.test(discovery, 'her', undefined, never, () => undefined)
    expect(capabilities).toMatchObject({ prefill: 'none', speaksHer: true })
    expect(transport).toBe('chat')
  })

  test('a model that does not speak HER is known by its words', async () => {
    const { result, server } = await testKind('vllm', 'plain')
    expect(result.capabilities.speaksHer).toBe(false)
    expect(server.generations().length).toBeLessThanOrEqual(4)
  })

  test('a long planning is not taken for another format', async () => {
    const server = await setupServer()
    server.next({ text: ` four. ${'She looks again. '.repeat(200)}</system_thinking>Four.` })
    const port = connectPort()
    const discovery = await port.discover(server.url, undefined, never)
    const { capabilities } = await port.test(discovery, 'her', undefined, never, () => undefined)
    expect(capabilities).toMatchObject({ prefill: 'flags', speaksHer: true })
  })

  test('planning in a field of its own is noticed', async () => {
    const { result } = await testKind('vllm', 'her;reasoning=planning;field=reasoning')
    expect(result.capabilities.reasoningField).toBe('reasoning')
  })

  test.each([
    ['fault:401', 'unauthorized'],
    ['fault:404', 'unknown-model'],
    ['fault:429', 'rate-limited'],
    ['fault:503', 'loading'],
    ['fault:500', 'server-error'],
    ['fault:html', 'wrong-path'],
  ])('%s fails with %s', async (model, kind) => {
    expect((await failureOf(testKind('vllm', model))).kind).toBe(kind)
  })

  test('a model that says nothing in time has stalled; one that has begun has said enough', async () => {
    const server = await setupServer()
    const port = connectPort({ callMs: 300 })
    const discovery = await port.discover(server.url, undefined, never)
    const silent = port.test(discovery, 'her;queue=60000', undefined, never, () => undefined)
    expect(await failureOf(silent)).toEqual({ kind: 'stalled', silentMs: 300 })
    const { capabilities } = await port.test(discovery, 'her;rate=30', undefined, never, () => undefined)
    expect(capabilities.prefill).toBe('flags')
  })

  test('being stopped is a failure like any other', async () => {
    const server = await setupServer()
    const port = connectPort()
    const discovery = await port.discover(server.url, undefined, never)
    const controller = new AbortController()
    const failure = failureOf(port.test(discovery, 'her;queue=60000', undefined, controller.signal, () => undefined))
    setTimeout(() => controller.abort(), 50)
    expect((await failure).kind).toBe('cut')
  })
})
