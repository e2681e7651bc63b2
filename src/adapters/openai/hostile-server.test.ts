import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import type { ModelError } from '#core/model-error.ts'
import { ModelFailure } from '#ports/model.ts'
import { connectionTo, tryModel } from '../../../e2e/model-server/try-model.ts'
import { createConnectPort } from './connect-port.ts'
import { createOpenAiModel } from './openai-model.ts'

const key = 'sk-CANARY-0123456789-abcdefghijklmnop'
const never = new AbortController().signal
const mega = 1024 * 1024

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

/** A server that answers as it likes, and what it was asked. */
async function setupHost(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers'] }[] = []
  const server = createServer((request, response) => {
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers })
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` }
}

/** Sends the same piece for ever; gives how many bytes the other side took. */
function sendEndlessly(response: ServerResponse, piece: string | Uint8Array) {
  const taken = { bytes: 0 }
  const push = () => {
    while (!response.destroyed) {
      taken.bytes += piece.length
      if (!response.write(piece)) {
        response.once('drain', push)
        return
      }
    }
  }
  push()
  return taken
}

async function discover(url: string): Promise<ModelError | undefined> {
  const port = createConnectPort({ fetch, origin: 'http://localhost:4173', isSecurePage: false })
  try {
    await port.discover(url, key, never)
    return undefined
  } catch (error) {
    if (error instanceof ModelFailure) return error.error
    throw error
  }
}

function tell(url: string) {
  return tryModel(
    createOpenAiModel({ connection: connectionTo(url, { baseUrl: url }), key, fetch, origin: 'http://localhost:4173' }),
  )
}

describe('a server that sends requests elsewhere', () => {
  test.each([301, 302, 303, 307, 308])('with %i: neither key nor story goes there, and it is said', async (status) => {
    const elsewhere = await setupHost((_request, response) => void response.writeHead(200).end('{"data":[]}'))
    const host = await setupHost((_request, response) => {
      response.writeHead(status, { location: `${elsewhere.url}/models` }).end()
    })
    expect(await discover(host.url)).toMatchObject({ kind: 'redirected' })
    expect((await tell(host.url)).error).toMatchObject({ kind: 'redirected' })
    expect(host.asked.length).toBeGreaterThan(1)
    expect(elsewhere.asked).toEqual([])
  })
})

describe('a body without an end is let go of', () => {
  test('as a list of models', async () => {
    let taken = { bytes: 0 }
    const host = await setupHost((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      if (request.url?.endsWith('/models')) taken = sendEndlessly(response, '[1,2,3,4,'.repeat(2000))
      else response.end('{}')
    })
    expect(await discover(host.url)).toBeDefined()
    expect(taken.bytes).toBeLessThan(40 * mega)
  })

  test('as a refusal', async () => {
    let taken = { bytes: 0 }
    const host = await setupHost((_request, response) => {
      response.writeHead(500, { 'content-type': 'text/plain' })
      taken = sendEndlessly(response, 'no '.repeat(5000))
    })
    expect((await tell(host.url)).error).toMatchObject({ kind: 'server-error', status: 500 })
    expect(taken.bytes).toBeLessThan(20 * mega)
  })

  test.each([
    ['words', `data: {"choices":[{"delta":{"content":"${'word '.repeat(2000)}"}}]}\n\n`],
    ['thoughts', `data: {"choices":[{"delta":{"reasoning_content":"${'word '.repeat(2000)}"}}]}\n\n`],
    ['one event', 'data: x'.repeat(2000)],
    ['a document', '[1,2,3,4,'.repeat(2000)],
  ])('as a reply of %s', async (_name, piece) => {
    let taken = { bytes: 0 }
    const host = await setupHost((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      taken = sendEndlessly(response, piece)
    })
    const { error, text } = await tell(host.url)
    expect(error).toEqual({ kind: 'server-error', detail: 'The answer has no end.' })
    expect(text.length).toBeLessThan(3 * mega)
    expect(taken.bytes).toBeLessThan(60 * mega)
  })

  test('packed a thousandfold', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * mega, ' '))
    const host = await setupHost((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb)
    })
    const before = process.memoryUsage().rss
    expect(await discover(host.url)).toBeDefined()
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * mega)
  })
})

describe('a server that repeats the key', () => {
  test.each([
    ['in a refusal', 400, 'application/json', JSON.stringify({ error: { message: `No: Bearer ${key}` } })],
    ['where its words are cut', 400, 'text/plain', `${'x'.repeat(490)}${key}`],
    ['as the title of a page', 200, 'text/html', `<!doctype html><title>${key}</title>`],
    ['as the title of a refusal', 502, 'text/html', `<title>${'y'.repeat(190)}${key}</title>`],
    ['within a stream', 200, 'text/event-stream', `data: {"error":{"message":"${'z'.repeat(495)}${key}"}}\n\n`],
    ['as JSON of its own', 200, 'application/json', JSON.stringify({ message: `${key} ${key}` })],
    ['in its details', 422, 'application/json', JSON.stringify({ detail: [{ loc: ['body', key], msg: `${key}!` }] })],
  ])('%s: no part of it is in what is said', async (_name, status, type, body) => {
    const host = await setupHost((_request, response) =>
      response.writeHead(status, { 'content-type': type, 'retry-after': '1', refresh: `0;url=/${key}` }).end(body),
    )
    const said = JSON.stringify([(await tell(host.url)).error, await discover(host.url)])
    for (let start = 0; start + 8 <= key.length; start += 1) expect(said).not.toContain(key.slice(start, start + 8))
  })
})
