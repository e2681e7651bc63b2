import { afterEach, describe, expect, test } from 'vitest'
import type { Connection } from '#core/connection.ts'
import { createBrowserFetch } from '../../../e2e/model-server/browser-fetch.ts'
import { type ModelServerOptions, startModelServer } from '../../../e2e/model-server/model-server.ts'
import { connectionTo, tryModel } from '../../../e2e/model-server/try-model.ts'
import { createOpenAiModel, type OpenAiModelOptions } from './openai-model.ts'

const page = 'http://localhost:4173'
const open: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

async function setupServer(options: ModelServerOptions = {}) {
  const server = await startModelServer(options)
  open.push(server)
  return server
}

async function errorOf(url: string, options: Partial<OpenAiModelOptions> = {}, changes: Partial<Connection> = {}) {
  const { origin = page } = options
  const connection = connectionTo(url, changes)
  const model = createOpenAiModel({ fetch: createBrowserFetch(origin), origin, ...options, connection })
  return (await tryModel(model)).error
}

/** Nothing gets through, as when a browser blocks a request itself. */
const blocked = async () => {
  throw new TypeError('Failed to fetch')
}

describe('a request that a browser calls "Failed to fetch"', () => {
  test('a page that is allowed gets its reply', async () => {
    const server = await setupServer({ kind: 'llamacpp', key: 'sk-right' })
    expect(await errorOf(server.url, { key: 'sk-right' })).toBeUndefined()
  })

  test.each(['vllm', 'sglang'] as const)('%s hides a wrong key, and a missing one', async (kind) => {
    const server = await setupServer({ kind, key: 'sk-right' })
    expect(await errorOf(server.url, { key: 'sk-wrong' })).toEqual({
      kind: 'unauthorized',
      hasKey: true,
      guessed: true,
    })
    expect(await errorOf(server.url)).toEqual({ kind: 'unauthorized', hasKey: false, guessed: true })
  })

  test('llama.cpp says it', async () => {
    const server = await setupServer({ kind: 'llamacpp', key: 'sk-right' })
    const error = await errorOf(server.url, { key: 'sk-wrong' })
    expect(error).toEqual({ kind: 'unauthorized', hasKey: true, detail: 'Invalid API Key' })
  })

  test.each([
    ['lmstudio', page],
    ['ollama', 'https://app.example'],
  ] as const)('%s allows no page from %s', async (kind, origin) => {
    const server = await setupServer({ kind })
    const error = await errorOf(server.url, { origin, permissions: { query: async () => ({ state: 'granted' }) } })
    expect(error).toEqual({ kind: 'cors', baseUrl: `${server.url}/v1`, origin })
  })

  test('one answer without CORS headers, while the rest is readable, is the server failing', async () => {
    const server = await setupServer()
    const error = await errorOf(server.url, {}, { model: 'fault:nocors' })
    expect(error?.kind).toBe('server-error')
  })

  test('nobody there', async () => {
    const server = await setupServer()
    await server.close()
    expect(await errorOf(server.url)).toEqual({ kind: 'unreachable', baseUrl: `${server.url}/v1` })
  })

  test('no network', async () => {
    const error = await errorOf('https://api.example', { fetch: blocked, isOnline: () => false })
    expect(error).toEqual({ kind: 'unreachable', baseUrl: 'https://api.example/v1', offline: true })
  })

  test('a model on this machine needs no network', async () => {
    const error = await errorOf('http://localhost:9', { fetch: blocked, isOnline: () => false })
    expect(error).toEqual({ kind: 'unreachable', baseUrl: 'http://localhost:9/v1' })
  })
})

describe('what the browser blocks by itself', () => {
  const secure = { origin: 'https://app.example', fetch: blocked }

  test('a secure page and a server on plain http', async () => {
    expect(await errorOf('http://models.example:8000', secure)).toMatchObject({ kind: 'mixed-content' })
  })

  test.each(['http://localhost:8000', 'http://192.168.1.5:8000', 'http://box.local:8000'])(
    'but %s is not mixed content: it wants a permission',
    async (url) => {
      const asked: string[] = []
      const query = async ({ name }: { name: PermissionName }) => {
        asked.push(name)
        // Only the older name is known, as in Chrome 142.
        if (name !== ('local-network-access' as PermissionName)) throw new TypeError('unknown')
        return { state: 'denied' }
      }
      const error = await errorOf(url, { ...secure, permissions: { query } })
      expect(error).toEqual({ kind: 'local-network', baseUrl: `${url}/v1` })
      expect(asked).toEqual([url.includes('localhost') ? 'loopback-network' : 'local-network', 'local-network-access'])
    },
  )

  test('with the permission given, the server itself is looked at', async () => {
    const permissions = { query: async () => ({ state: 'granted' }) }
    expect(await errorOf('http://localhost:8000', { ...secure, permissions })).toMatchObject({ kind: 'unreachable' })
  })

  test('a public page on plain http may not even ask', async () => {
    const error = await errorOf('http://localhost:8000', { origin: 'http://app.example', fetch: blocked })
    expect(error).toEqual({ kind: 'local-network', baseUrl: 'http://localhost:8000/v1', insecurePage: true })
  })

  test('a page from this machine is asked for nothing', async () => {
    const permissions = { query: async () => ({ state: 'denied' }) }
    expect(await errorOf('http://localhost:8000', { fetch: blocked, permissions })).toMatchObject({
      kind: 'unreachable',
    })
  })
})
