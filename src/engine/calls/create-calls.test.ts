import { describe, expect, test } from 'vitest'
import { wait } from '#adapters/wait.ts'
import { herSampling } from '#core/connection.ts'
import type { JsonValue } from '#core/job.ts'
import type { ModelError } from '#core/model-error.ts'
import type { Journal } from '#ports/journal.ts'
import { ModelFailure, type ModelPart, type ModelPort, type ModelRequest } from '#ports/model.ts'
import { createCalls } from './create-calls.ts'

const request: ModelRequest = { messages: [{ role: 'user', content: 'Hello' }], sampling: herSampling, stop: [] }
const never = new AbortController().signal

function memoryJournal(): Journal & { readonly records: Map<string, JsonValue> } {
  const records = new Map<string, JsonValue>()
  return {
    records,
    get: (key) => records.get(key),
    append: async (key, value) => void records.set(key, value),
  }
}

/** A model that does with each request what the script says, and answers when that has come to its end. */
function scriptedModel(script: (ModelError | string)[], onRequest: () => Promise<void> = async () => {}) {
  let requests = 0
  const model: ModelPort = {
    stream: async function* (): AsyncGenerator<ModelPart> {
      requests += 1
      await onRequest()
      const next = script.shift() ?? 'Well.'
      if (typeof next !== 'string') throw new ModelFailure(next)
      yield { type: 'reasoning-delta', text: 'Hm. ' }
      yield { type: 'text-delta', text: next }
      yield { type: 'stream-end', finishReason: 'stop', promptTokens: 7, completionTokens: 2 }
    },
    describe: () => ({ url: '', body: '', hasKey: false, prefilled: false }),
    count: async () => undefined,
  }
  return { model, requests: () => requests }
}

/** With a clock that jumps to whatever is waited for. */
function setup(models: readonly ModelPort[], mostAtOnce = 8, journal = memoryJournal()) {
  let time = 0
  const calls = createCalls({
    models,
    journal,
    mostAtOnce,
    now: () => time,
    wait: async (ms, signal) => {
      const until = time + ms
      await wait(0, signal)
      time = Math.max(time, until)
    },
    random: () => 0.5,
  })
  return { calls, journal, time: () => time }
}

test('an answer is journaled before it is given, and is never asked for again', async () => {
  const { model, requests } = scriptedModel(['First.'])
  const { calls, journal } = setup([model])
  const outcome = await calls.ask('a/1', request, never)
  expect(outcome).toMatchObject({ kind: 'answered', text: 'First.', reasoning: 'Hm. ', finishReason: 'stop' })
  expect(journal.get('a/1')).toEqual(outcome)
  expect(await setup([model], 8, journal).calls.ask('a/1', request, never)).toEqual(outcome)
  expect(requests()).toBe(1)
})

test('the same step, asked for twice at once, is one request', async () => {
  const { model, requests } = scriptedModel([])
  const { calls } = setup([model])
  await Promise.all([calls.ask('a', request, never), calls.ask('a', request, never)])
  expect(requests()).toBe(1)
})

describe('what fails', () => {
  test.each<[string, ModelError[]]>([
    ['too many at once', [{ kind: 'rate-limited' }, { kind: 'rate-limited', retryAfterMs: 90_000 }]],
    ['a server that starts anew', Array.from({ length: 9 }, () => ({ kind: 'unreachable', baseUrl: '' }))],
    ['a gateway without its server', [{ kind: 'server-error', status: 503 }]],
    ['a stream that breaks', [{ kind: 'cut' }, { kind: 'stalled', silentMs: 1 }, { kind: 'empty' }]],
  ])('%s: is waited for', async (_, script) => {
    const failures = script.length
    const { model, requests } = scriptedModel([...script])
    const { calls } = setup([model])
    expect(await calls.ask('a', request, never)).toMatchObject({ kind: 'answered' })
    expect(requests()).toBe(failures + 1)
    expect(calls.progress).toMatchObject({ answered: 1, failed: 0, retried: failures, inFlight: 0, waiting: 0 })
  })

  test('a request that is refused for what it is has failed for good, and that is journaled', async () => {
    const { model } = scriptedModel([{ kind: 'rejected', status: 400, detail: 'no' }])
    const { calls, journal } = setup([model])
    const outcome = await calls.ask('a', request, never)
    expect(outcome).toMatchObject({ kind: 'failed', error: { kind: 'rejected' } })
    expect(journal.get('a')).toEqual(outcome)
  })

  test('a reply that breaks each time is given up', async () => {
    const { model, requests } = scriptedModel(Array.from({ length: 9 }, () => ({ kind: 'cut' }) as const))
    expect(await setup([model]).calls.ask('a', request, never)).toMatchObject({ kind: 'failed' })
    expect(requests()).toBe(4)
  })

  test('what somebody has to see to stops the job, and is no outcome', async () => {
    const { model } = scriptedModel([{ kind: 'unauthorized', hasKey: true }])
    const { calls, journal } = setup([model])
    await expect(calls.ask('a', request, never)).rejects.toThrow(ModelFailure)
    expect(journal.records.size).toBe(0)
    expect(await calls.ask('a', request, never)).toMatchObject({ kind: 'answered' })
  })

  test('an endpoint that stays away stops the job in the end', async () => {
    const gone = Array.from({ length: 99 }, () => ({ kind: 'unreachable', baseUrl: '' }) as const)
    const { calls, time } = setup([scriptedModel(gone).model])
    await expect(calls.ask('a', request, never)).rejects.toThrow(ModelFailure)
    expect(time()).toBeGreaterThan(15 * 60_000)
  })

  test('where one of two endpoints is away the other answers', async () => {
    const gone = scriptedModel(Array.from({ length: 99 }, () => ({ kind: 'unreachable', baseUrl: '' }) as const))
    const there = scriptedModel([])
    const { calls, time } = setup([gone.model, there.model])
    const keys = Array.from({ length: 50 }, (_, index) => `k${index}`)
    const outcomes = await Promise.all(keys.map((key) => calls.ask(key, request, never)))
    expect(outcomes.every(({ kind }) => kind === 'answered')).toBe(true)
    expect(time()).toBeLessThan(60_000)
  })
})

test('no more requests are under way at once than are allowed, over all endpoints', async () => {
  let [now, most] = [0, 0]
  const count = async () => {
    now += 1
    most = Math.max(most, now)
    await wait(1, never)
    now -= 1
  }
  const models = [scriptedModel([], count).model, scriptedModel([], count).model]
  const { calls } = setup(models, 5)
  const keys = Array.from({ length: 40 }, (_, index) => `k${index}`)
  await Promise.all(keys.map((key) => calls.ask(key, request, never)))
  expect(most).toBe(5)
})

test('who is stopped is told so, in the queue and on the way, and leaves no outcome', async () => {
  const aborter = new AbortController()
  const stuck: ModelPort = {
    ...scriptedModel([]).model,
    stream: async function* (_, signal) {
      await wait(60_000, signal).catch(() => undefined)
    },
  }
  const { calls, journal } = setup([stuck], 1)
  const asked = ['a', 'b'].map((key) => calls.ask(key, request, aborter.signal))
  setTimeout(() => aborter.abort(new Error('Enough')), 5)
  expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(journal.records.size).toBe(0)
  expect(calls.progress).toMatchObject({ inFlight: 0, waiting: 0 })
})
