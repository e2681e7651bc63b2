import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tinyModel } from '#core/gguf/tiny-model.test-kit.ts'
import type { Progress } from '#ports/in-page.ts'
import { createMemoryWeightsDisk } from './weights-disk.ts'
import { createWeightsStore } from './weights-store.ts'

/** A real server of one file, which misbehaves on demand. */
interface Fault {
  /** Answers are cut after so many bytes. */
  dropAfter?: number
  /** It does not know ranges. */
  ignoresRanges?: boolean
  stallsAfter?: number
  status?: number
  hidesSize?: boolean
  headsBigger?: number
}

const model = Buffer.from(tinyModel({ seed: 'served' }))
let served = model
let fault: Fault = {}
let asked: string[] = []
let server: Server
let url = ''

beforeEach(async () => {
  served = model
  fault = {}
  asked = []
  server = createServer((request, response) => {
    const { range = '' } = request.headers
    asked.push(`${request.method} ${range}`.trim())
    if (fault.status) return void response.writeHead(fault.status).end()
    const from = fault.ignoresRanges ? 0 : Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0)
    if (request.method === 'HEAD') {
      const length = fault.hidesSize ? {} : { 'content-length': served.length + (fault.headsBigger ?? 0) }
      return void response.writeHead(200, length).end()
    }
    if (from >= served.length) return void response.writeHead(416).end()
    const rest = served.subarray(from)
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length })
    const most = fault.dropAfter ?? fault.stallsAfter
    if (most === undefined || most >= rest.length) return void response.end(rest)
    response.write(rest.subarray(0, most), () => {
      if (fault.dropAfter !== undefined) setTimeout(() => response.destroy(), 20)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tiny.gguf`
})

afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const never = new AbortController().signal
const quiet = () => {}

function setUp(freeBytes?: number) {
  const disk = createMemoryWeightsDisk()
  const options = { disk, fetch, freeBytes: async () => freeBytes, patienceMs: 300, pauseMs: 5 }
  return { disk, store: createWeightsStore(options), again: () => createWeightsStore(options) }
}

async function bytesOf(blobs: readonly Blob[] | undefined) {
  return Buffer.from(await new Blob([...(blobs ?? [])]).arrayBuffer())
}

describe('a download', () => {
  test('is asked about, comes whole, is judged, listed, opened and removed', async () => {
    const { store, again } = setUp()
    const offer = await store.lookUp(url, never)
    expect(offer).toMatchObject({ name: 'tiny.gguf', totalBytes: model.length })
    const progress: Progress[] = []
    const weights = await store.download(offer, (one) => progress.push(one), never)
    expect(weights).toMatchObject({ name: 'tiny.gguf', bytes: model.length, url, head: { name: 'Tiny random' } })
    expect(progress.at(-1)).toEqual({ bytes: model.length, totalBytes: model.length })
    expect(asked).toEqual(['HEAD', 'GET'])
    const later = again()
    expect((await later.list()).whole).toEqual([weights])
    expect((await bytesOf(await later.open('tiny.gguf'))).equals(model)).toBe(true)
    await later.remove('tiny.gguf')
    expect(await later.list()).toEqual({ whole: [], partial: [] })
    expect(await later.open('tiny.gguf')).toBeUndefined()
  })

  test('that breaks off is taken up by itself, from where it was', async () => {
    const { store } = setUp()
    const offer = await store.lookUp(url, never)
    fault = { dropAfter: 60_000 }
    const weights = await store.download(offer, quiet, never)
    expect(weights.bytes).toBe(model.length)
    expect(asked.slice(2).every((one) => /^GET bytes=\d+-$/.test(one))).toBe(true)
    expect(asked.length).toBeGreaterThan(3)
  })

  test('that was stopped goes on where it was, also after the page was closed', async () => {
    const { store, again } = setUp()
    const offer = await store.lookUp(url, never)
    fault = { stallsAfter: 50_000 }
    const aborter = new AbortController()
    const stop = ({ bytes }: Progress) => bytes > 0 && aborter.abort()
    await expect(store.download(offer, stop, aborter.signal)).rejects.toThrow()
    const later = again()
    const [partial] = (await later.list()).partial
    expect(partial).toMatchObject({ name: 'tiny.gguf', url, totalBytes: model.length })
    expect(partial?.bytes).toBeGreaterThan(0)
    fault = {}
    asked = []
    await later.download(offer, quiet, never)
    expect(asked).toEqual([`GET bytes=${partial?.bytes}-`])
    expect((await bytesOf(await later.open('tiny.gguf'))).equals(model)).toBe(true)
  })

  test('begins anew where a server knows no ranges', async () => {
    const { store } = setUp()
    const offer = await store.lookUp(url, never)
    fault = { dropAfter: 50_000, ignoresRanges: true }
    await expect(store.download(offer, quiet, never)).rejects.toMatchObject({ problem: { kind: 'dropped' } })
    fault = { ignoresRanges: true }
    await store.download(offer, quiet, never)
    expect((await bytesOf(await store.open('tiny.gguf'))).equals(model)).toBe(true)
  })

  test('that stands still is asked for anew, and given up after three times for nothing', async () => {
    const { store } = setUp()
    const offer = await store.lookUp(url, never)
    fault = { stallsAfter: 0 }
    await expect(store.download(offer, quiet, never)).rejects.toMatchObject({ problem: { kind: 'dropped' } })
    expect(asked.filter((one) => one === 'GET').length).toBe(3)
  })

  test('of a file that is another now is refused', async () => {
    const { store } = setUp()
    const offer = await store.lookUp(url, never)
    served = Buffer.concat([model, Buffer.alloc(10)])
    await expect(store.download(offer, quiet, never)).rejects.toMatchObject({ problem: { kind: 'changed' } })
    served = model.subarray(0, 5000)
    await expect(store.download(offer, quiet, never)).rejects.toMatchObject({ problem: { kind: 'changed' } })
  })

  test.each([
    [{ status: 404 }, { kind: 'refused', status: 404 }],
    [{ hidesSize: true }, { kind: 'no-size' }],
  ] as const)('%j is said before anything is begun', async (given, problem) => {
    const { store } = setUp()
    fault = given
    await expect(store.lookUp(url, never)).rejects.toMatchObject({ problem })
  })

  test('from nobody, from what is no address, and without room is said', async () => {
    const { store } = setUp(1000)
    await expect(store.lookUp('tiny.gguf', never)).rejects.toMatchObject({ problem: { kind: 'bad-url' } })
    await expect(store.lookUp('http://127.0.0.1:1/a.gguf', never)).rejects.toMatchObject({
      problem: { kind: 'no-answer' },
    })
    const offer = await store.lookUp(url, never)
    await expect(store.download(offer, quiet, never)).rejects.toMatchObject({
      problem: { kind: 'no-room', freeBytes: 1000 },
    })
    expect(await store.list()).toEqual({ whole: [], partial: [] })
  })

  test('that is whole and no model is not kept', async () => {
    const { store } = setUp()
    served = Buffer.from('<!doctype html>'.repeat(100))
    const offer = await store.lookUp(url, never)
    await expect(store.download(offer, quiet, never)).rejects.toMatchObject({ problem: { kind: 'not-gguf' } })
    expect(await store.list()).toEqual({ whole: [], partial: [] })
  })
})

describe('files', () => {
  const file = (bytes: Uint8Array<ArrayBuffer>, name: string) => new File([bytes], name)
  const part = (index: number, count: number) =>
    file(
      tinyModel({
        fields: [
          ['split.no', { uint: index }],
          ['split.count', { uint: count }],
        ],
      }),
      `m-${index}.gguf`,
    )

  test('are kept, or opened for this visit', async () => {
    const { store, again } = setUp()
    await store.take([file(tinyModel(), 'kept.gguf')], true, quiet, never)
    await store.take([file(tinyModel(), 'guest.gguf')], false, quiet, never)
    expect((await store.list()).whole.map(({ name }) => name).sort()).toEqual(['guest.gguf', 'kept.gguf'])
    expect((await again().list()).whole.map(({ name }) => name)).toEqual(['kept.gguf'])
    await store.remove('guest.gguf')
    expect((await store.list()).whole.map(({ name }) => name)).toEqual(['kept.gguf'])
  })

  test('of a split model are put in order, and all wanted', async () => {
    const { store } = setUp()
    const weights = await store.take([part(1, 2), part(0, 2)], true, quiet, never)
    expect(weights.name).toBe('m-0.gguf')
    expect((await store.open('m-0.gguf'))?.length).toBe(2)
    await expect(store.take([part(0, 3), part(2, 3)], true, quiet, never)).rejects.toMatchObject({
      problem: { kind: 'parts', found: 2, wanted: 3 },
    })
  })

  test('that are cut off, or something else, are refused in words', async () => {
    const { store } = setUp()
    const bytes = tinyModel()
    await expect(store.take([file(bytes.slice(0, 99_000), 'a.gguf')], true, quiet, never)).rejects.toMatchObject({
      problem: { kind: 'truncated', bytes: 99_000 },
    })
    const text = new TextEncoder().encode('hello there')
    await expect(store.take([file(text, 'a.gguf')], true, quiet, never)).rejects.toMatchObject({
      problem: { kind: 'not-gguf' },
    })
  })

  test('that are copied can be called off, and leave nothing', async () => {
    const { store } = setUp()
    const aborter = new AbortController()
    aborter.abort()
    await expect(store.take([file(tinyModel(), 'a.gguf')], true, quiet, aborter.signal)).rejects.toThrow()
    expect(await store.list()).toEqual({ whole: [], partial: [] })
  })
})
