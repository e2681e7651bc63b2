import { describe, expect, test } from 'vitest'
import { wait } from '#adapters/wait.ts'
import { benchHtml } from '#core/bench-like/bench-html.ts'
import { benchSeed } from '#core/bench-like/bench-like.test-kit.ts'
import { benchCsv, benchJson, readBenchReport } from '#core/bench-like/bench-report.ts'
import { type BenchRun, benchRecords } from '#core/bench-like/run-header.ts'
import type { JsonValue } from '#core/job.ts'
import { createCalls } from '#engine/calls/create-calls.ts'
import type { Journal } from '#ports/journal.ts'
import { ModelFailure, type ModelPort, type ModelRequest } from '#ports/model.ts'
import { type BenchEvent, runBenchLike } from './run-bench-like.ts'

const never = new AbortController().signal
const seeds = ['one', 'two', 'three'].map((id) => ({ ...benchSeed, id, user_setting: `He is of ${id}.` }))
const run: BenchRun = {
  kind: 'bench-like',
  title: '<script>alert(1)</script>',
  turns: 6,
  runs: 2,
  stretch: 4,
  seed: '42',
  models: { actor: '=1+1', simulator: 's', judge: 'j' },
  seedIds: seeds.map(({ id }) => id),
}

function memoryJournal(records: Map<string, JsonValue>): Journal {
  return {
    get: (key) => records.get(key),
    append: async (key, value) => void (records.has(key) || records.set(key, JSON.parse(JSON.stringify(value)))),
  }
}

type Answer = (system: string, request: ModelRequest) => string

const scores = { basics: 100, logic: 80, knowledge: 60, diversity: 100, content_logic: 50, interaction: 40 }
const plays: Answer = (system, { messages }) => {
  if (system.startsWith('You judge')) {
    const quote = /^\[(\d+)\] Marta: (No.+)$/m.exec(messages.at(-1)?.content ?? '')
    const misalignments = [{ turn: 99, dimension: 'logic', quote: quote?.[2], why: 'It is so.' }]
    return JSON.stringify({ scores, misalignments })
  }
  if (system.startsWith('You are Marta')) {
    return `<system_thinking>PLAN</system_thinking>Marta: <role_thinking>THOUGHT</role_thinking>No, for the ${messages.length}th time.`
  }
  return `<think>PLAN</think>*asks* Why ${messages.length}?`
}

/** Every call is counted by what is asked; those of the two runs of a seed may be the same, word for word. */
function start(answer: Answer, records = new Map<string, JsonValue>(), signal = never, reasons = false) {
  for (const [key, value] of benchRecords(run, seeds)) records.set(key, value)
  const requests: ModelRequest[] = []
  const model: ModelPort = {
    stream: async function* (request) {
      requests.push(request)
      const text = answer(request.messages[0]?.content ?? '', request)
      if (text === '!refused') throw new ModelFailure({ kind: 'rejected', status: 400, detail: 'no' })
      yield { type: reasons ? 'reasoning-delta' : 'text-delta', text }
      yield { type: 'stream-end', finishReason: 'stop' }
    },
    describe: () => ({ url: '', body: '', hasKey: false, prefilled: false }),
    count: async () => undefined,
  }
  const journal = memoryJournal(records)
  const calls = createCalls({ models: [model], journal, mostAtOnce: 8, now: () => 0, wait, random: () => 0 })
  const events: BenchEvent[] = []
  const done = runBenchLike({
    run,
    calls: { actor: calls, simulator: calls, judge: calls },
    journal,
    atOnce: 2,
    signal,
    onEvent: (event) => events.push(event),
  })
  return { done, records, requests, events }
}

describe('a run', () => {
  test('plays every seed so often, judges every stretch, and places what was found', async () => {
    const { done, records, requests, events } = start(plays)
    await done
    // Of each dialogue six lines and two stretches.
    expect(requests).toHaveLength(3 * 2 * (6 + 2))
    expect(events.filter(({ type }) => type === 'line')).toHaveLength(3 * 2 * 8)
    const summary = readBenchReport(records)?.summary
    expect(summary).toMatchObject({ dialogues: 6, stretches: 12, unreadable: 0, failedLines: 0, misalignments: 12 })
    expect(summary?.pillars.worlds?.mean).toBeCloseTo(80, 9)
    expect(summary?.overall?.mean).toBeCloseTo(0.5 * 80 + 0.25 * 75 + 0.25 * 40, 9)
    for (const { stretches } of [...(readBenchReport(records)?.results.values() ?? [])].flat())
      expect(stretches.map(({ misalignments }) => misalignments[0]?.placed)).toEqual([2, 4])
  })

  test('no request has planning in it, and only the character’s has thoughts', async () => {
    for (const reasons of [false, true]) {
      const { done, requests } = start(plays, undefined, never, reasons)
      await done
      for (const { messages } of requests) {
        const text = messages.map(({ content }) => content).join('\n')
        expect(text).not.toContain('PLAN')
        if (!text.startsWith('You are Marta')) expect(text).not.toContain('THOUGHT')
      }
      expect(requests.some(({ messages }) => messages.some(({ content }) => content.includes('THOUGHT')))).toBe(true)
    }
  })

  test('stopped after any call it comes to the same, and no call whose answer is known is made again', async () => {
    const whole = start(plays)
    await whole.done
    const expected = JSON.stringify([...whole.records].sort())
    let records = new Map<string, JsonValue>()
    let answered = 0
    let starts = 0
    for (let isDone = false; !isDone; starts++) {
      const aborter = new AbortController()
      let left = 3
      const before = countAnswers(records)
      const part = start(
        (system, request) => {
          if (left-- === 0) aborter.abort(new Error('Stopped'))
          return plays(system, request)
        },
        records,
        aborter.signal,
      )
      isDone = await part.done.then(
        () => true,
        () => false,
      )
      records = part.records
      const kept = countAnswers(records) - before
      // What was asked and not kept was under way when it was stopped.
      expect(part.requests.length - kept).toBeLessThanOrEqual(isDone ? 0 : 4)
      answered += kept
    }
    expect(starts).toBeGreaterThan(5)
    expect(answered).toBe(whole.requests.length)
    expect(JSON.stringify([...records].sort())).toBe(expected)
    const again = start(plays, records)
    await again.done
    expect(again.requests).toHaveLength(0)
  })

  test('stretches that can’t be read are left out and counted, lines that fail are counted', async () => {
    let judged = 0
    const { done, records } = start((system, request) => {
      if (system.startsWith('You judge')) return judged++ % 2 ? 'A fine scene.' : plays(system, request)
      return system.startsWith('You are Marta') && request.messages.length > 5 ? '!refused' : plays(system, request)
    })
    await done
    const summary = readBenchReport(records)?.summary
    expect(summary).toMatchObject({ unreadable: 6, stretches: 12, failedLines: 3 * 2 * 2 })
    expect(summary?.pillars.preferences?.mean).toBeCloseTo(40, 9)
  })
})

test('its report is a page without scripts, a table and JSON, each with the name it has to have', async () => {
  const hostile: Answer = (system, request) =>
    plays(system, request).replace('time.', `time. <img src=x onerror='alert(1)'> & </details>`)
  const { done, records } = start(hostile)
  await done
  const report = readBenchReport(records)
  if (!report) throw new Error('no report')
  const page = benchHtml([report, report])
  expect(page).not.toMatch(/<script|<img/i)
  expect(page).toContain('Role-Play-Bench-like')
  expect(page).toContain('are not published')
  expect(page).toContain('class="flaw"')
  expect(page).not.toContain('PLAN')
  const rows = benchCsv([report]).trimEnd().split('\r\n')
  expect(rows).toHaveLength(1 + 6)
  expect(rows[1]).toMatch(/^Role-Play-Bench-like,.*,'=1\+1,s,j,6,one,1,100,80,60,/)
  const json = JSON.parse(benchJson([report]))
  expect(json.format).toBe('subtext-role-play-bench-like-report')
  expect(json.runs[0].dialogues).toHaveLength(6)
})

/** Of calls: lines and stretches. */
function countAnswers(records: ReadonlyMap<string, JsonValue>): number {
  return [...records.keys()].filter((key) => /^(?:line|judge)\//.test(key)).length
}
