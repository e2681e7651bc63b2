import { setMaxListeners } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openJsonlJournal } from '#adapters/node/jsonl-journal.ts'
import { createConnectPort } from '#adapters/openai/connect-port.ts'
import { createOpenAiModel } from '#adapters/openai/openai-model.ts'
import { wait } from '#adapters/wait.ts'
import { type Connection, herSampling, untestedCapabilities } from '#core/connection.ts'
import type { ConnectionId } from '#core/ids.ts'
import { createCalls } from '#engine/calls/create-calls.ts'
import { startModelServer } from '../e2e/model-server/model-server.ts'
import { atLeast, type Figure, known } from './figure.ts'

const surroundings = { origin: 'http://localhost', isSecurePage: false, fetch }
const [calls, capacity, latency] = [200, 16, 1000]

/**
 * Throughput of 200 calls against an endpoint that takes 16 at once, answers each after a fixed time and refuses more
 * (429). Nobody tells us its limit: it is found. Every answer is on disk before it counts. The endpoint's own limit is what
 * sixteen clients get out of it that know it, and do nothing but ask and read; on a free machine that is what its latency
 * allows.
 */
export async function run(): Promise<Figure[]> {
  const server = await startModelServer()
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  const model = `her;most=${capacity};queue=${latency}`
  const signal = new AbortController().signal
  setMaxListeners(0, signal)
  const port = createConnectPort(surroundings)
  const { baseUrl, kind } = await port.discover(`${server.url}/v1`, undefined, signal)
  const connection: Connection = {
    id: 'bench' as ConnectionId,
    name: baseUrl,
    baseUrl,
    kind,
    model,
    transport: 'chat',
    capabilities: untestedCapabilities,
    sampling: herSampling,
    createdAt: 0,
  }
  const opened = await openJsonlJournal(join(folder, 'run.jsonl'))
  if (!opened.ok) throw new Error(opened.error.sentence)
  const journal = opened.value
  const models = [createOpenAiModel({ ...surroundings, connection, key: undefined })]
  const made = createCalls({ models, journal, mostAtOnce: 64, now: Date.now, wait, random: Math.random })
  const ask = (index: number) =>
    made.ask(
      `k${index}`,
      { messages: [{ role: 'user', content: `Call ${index}` }], sampling: herSampling, stop: [] },
      signal,
    )
  // Code is compiled, and the limit of an endpoint is found, once a run of thousands: it is not what is measured here.
  await Promise.all(Array.from({ length: 4 * capacity }, (_, index) => ask(-1 - index)))
  const refusedBefore = made.progress.retried
  const own = await timeOf(() => askPlainly(`${baseUrl}/chat/completions`, model))
  const took = await timeOf(() => Promise.all(Array.from({ length: calls }, (_, index) => ask(index))))
  await journal.close()
  await server.close()
  await rm(folder, { recursive: true })
  const best = Math.ceil(calls / capacity) * latency
  return [
    atLeast(0.95, 'calls.throughput-share', own / took, 'of the endpoint’s own limit', { latency, capacity }),
    known('calls.throughput-share-of-latency', best / took, 'of what the latency allows'),
    known('calls.refused', made.progress.retried - refusedBefore, 'requests', { of: calls }),
  ]
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await act()
  return performance.now() - start
}

async function askPlainly(url: string, model: string): Promise<void> {
  let left = calls
  const work = async () => {
    while (left > 0) {
      left -= 1
      const messages = [{ role: 'user', content: `Plain ${left}` }]
      const body = JSON.stringify({ model, messages, stream: true })
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      if (!response.ok) throw new Error(`${response.status}`)
      await response.text()
    }
  }
  await Promise.all(Array.from({ length: capacity }, work))
}
