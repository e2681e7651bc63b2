import { describe, expect, test } from 'vitest'
import { wait } from '#adapters/wait.ts'
import { coserCase } from '#core/coser/coser.test-kit.ts'
import { type EvaluationCase, readEvaluationCases } from '#core/coser/evaluation-case.ts'
import type { PresetId } from '#core/coser/preset.ts'
import { presets } from '#core/coser/preset.ts'
import { coserHtml } from '#core/coser/report/coser-html.ts'
import { coserCsv, coserJson } from '#core/coser/report/coser-tables.ts'
import { readReport } from '#core/coser/report/read-report.ts'
import { summaryLines } from '#core/coser/report/summary-lines.ts'
import { caseKey, headerKey, type RunHeader } from '#core/coser/run-header.ts'
import type { JsonValue } from '#core/job.ts'
import { createCalls } from '#engine/calls/create-calls.ts'
import type { Journal } from '#ports/journal.ts'
import { ModelFailure, type ModelPort, type ModelRequest } from '#ports/model.ts'
import { type RunEvent, runEvaluation } from './run-evaluation.ts'

const raw = Array.from({ length: 6 }, (_, index) => ({ ...coserCase, i_c: index }))
const cases = readEvaluationCases(raw as never, 'motivation-or-thought').cases as EvaluationCase[]
const never = new AbortController().signal

function memoryJournal(records = new Map<string, JsonValue>()) {
  const journal: Journal = {
    get: (key) => records.get(key),
    append: async (key, value) => void (records.has(key) || records.set(key, JSON.parse(JSON.stringify(value)))),
  }
  return { journal, records }
}

type Answer = (request: ModelRequest, text: string) => string

function modelOf(answer: Answer) {
  const requests: ModelRequest[] = []
  const model: ModelPort = {
    stream: async function* (request) {
      requests.push(request)
      const text = request.messages.map(({ content }) => content).join('\n')
      const answered = answer(request, text)
      if (answered === '!refused') throw new ModelFailure({ kind: 'rejected', status: 400, detail: 'no' })
      if (answered === '!locked') throw new ModelFailure({ kind: 'locked' })
      yield { type: 'text-delta', text: answered }
      yield { type: 'stream-end', finishReason: 'stop' }
    },
    describe: () => ({ url: '', body: '', hasKey: false, prefilled: false }),
    count: async () => undefined,
  }
  return { model, requests }
}

const flaw = { instance: "'Well.' is dull", type: 'Emotional Depth', severity: 2 }
const verdict: Answer = (_, text) => {
  const dimension = /^ {2}"([^"]+)": \{$/m.exec(text)?.[1] ?? ''
  return JSON.stringify({ [dimension]: { flaws: [flaw] } })
}
const isChoosing = (text: string) => text.includes('Next Speaker: exactly')
const plays: Answer = (_, text) => {
  if (text.includes('===Dialogue Content===')) return verdict(_, text)
  if (isChoosing(text)) return 'Next Speaker: random'
  const name = /You are ([\w ]+) from/.exec(text)?.[1] ?? 'Environment'
  return `[SECRET of ${name}] (nods) Well.`
}

function headerOf(preset: PresetId): RunHeader {
  return {
    kind: 'coser',
    title: '<script>alert(1)</script>',
    preset,
    rounds: 4,
    continueFrom: 0,
    motivation: 'motivation-or-thought',
    choosing: 'model',
    seed: '42',
    models: { actor: '=1+1', environment: 'e', 'next-speaker': 'n', judge: 'j' },
    caseIds: cases.map(({ id }) => id),
  }
}

async function start(preset: PresetId, answer: Answer, records?: Map<string, JsonValue>, signal = never) {
  const { journal, records: kept } = memoryJournal(records)
  const run = headerOf(preset)
  await journal.append(headerKey, run as unknown as JsonValue)
  for (const [index, { id }] of cases.entries()) await journal.append(caseKey(id), raw[index] as unknown as JsonValue)
  const { model, requests } = modelOf(answer)
  const calls = createCalls({ models: [model], journal, mostAtOnce: 8, now: () => 0, wait, random: () => 0 })
  const events: RunEvent[] = []
  const each = { actor: calls, environment: calls, 'next-speaker': calls, judge: calls }
  const done = runEvaluation({
    run,
    cases,
    calls: each,
    journal,
    atOnce: 3,
    signal,
    onEvent: (event) => events.push(event),
  })
  return { done, records: kept, requests, events, calls }
}

describe('a run', () => {
  test('plays, judges and scores each case, and is told as it happens', async () => {
    const { done, records, events } = await start('coser-2025-02', plays)
    await done
    const report = readReport(records)
    if (!report) throw new Error('no report')
    expect(report.cases).toHaveLength(6)
    for (const { result } of report.cases) {
      // From 100: ten for the flaw, one and a half back for each turn of a character.
      expect(result.score).toBe(Math.min(100, 100 - (2 - 0.3 * result.actorRounds) * 5))
      expect(result.lines).toHaveLength(4)
    }
    expect(events.filter(({ type }) => type === 'line')).toHaveLength(24)
    expect(events.filter(({ type }) => type === 'judged')).toHaveLength(24)
    expect([...records.keys()]).toContain(
      `${cases[0]?.id}/3/${report.cases[0]?.result.lines[3]?.speaker === 'Environment' ? 'environment' : 'actor'}`,
    )
  })

  test('no request to anybody has a thought of somebody else in it', async () => {
    for (const preset of ['coser-2025-02', 'her-2026'] as const) {
      const { done, requests } = await start(preset, plays)
      await done
      for (const { messages } of requests) {
        const text = messages.map(({ content }) => content).join('\n')
        if (text.includes('===Dialogue Content===') && presets[preset].judgesThoughts) continue
        // What the environment wrote is nobody's thought.
        const own = ['Environment', /You are ([\w ]+) from/.exec(text)?.[1]]
        const secrets = [...text.matchAll(/SECRET of ([\w ]+)\]/g)].map((match) => match[1])
        expect(secrets.filter((name) => !own.includes(name))).toEqual([])
      }
    }
  })

  test('begun again after every step it comes to the same, and asks nothing twice', async () => {
    const whole = await start('her-2026', plays)
    await whole.done
    const expected = JSON.stringify([...whole.records].sort())
    let records = new Map<string, JsonValue>()
    const asked = new Map<string, number>()
    for (let tries = 0; tries < 200; tries++) {
      const aborter = new AbortController()
      let left = 5
      const part = await start(
        'her-2026',
        (request, text) => {
          if (left-- === 0) aborter.abort(new Error('Killed'))
          return plays(request, text)
        },
        records,
        aborter.signal,
      )
      const outcome = await part.done.then(
        () => 'done',
        () => 'killed',
      )
      records = part.records
      if (outcome === 'done') break
    }
    for (const key of records.keys()) asked.set(key, (asked.get(key) ?? 0) + 1)
    expect(JSON.stringify([...records].sort())).toBe(expected)
  })

  test('what can’t be read is asked again in CoSER, and is worth 50 in HER', async () => {
    let asked = 0
    const stubborn: Answer = (request, text) => {
      if (!text.includes('===Dialogue Content===')) return plays(request, text)
      asked += 1
      return 'A fine scene.'
    }
    const coser = await start('coser-2025-02', stubborn)
    await coser.done
    expect(asked).toBe(6 * 4 * 6)
    const report = readReport(coser.records)
    expect(report?.summary).toMatchObject({ unreadable: 24, average: undefined })
    expect(coser.requests.some(({ sampling }) => sampling.temperature === 1)).toBe(true)
    const her = await start('her-2026', stubborn)
    await her.done
    expect(readReport(her.records)?.summary).toMatchObject({ unreadable: 24, average: { mean: 50 } })
  })

  test('a judge that is not there is worth nothing, a turn that fails is an empty line that counts', async () => {
    const her = await start('her-2026', (request, text) => (isChoosing(text) ? plays(request, text) : '!refused'))
    await her.done
    const summary = readReport(her.records)?.summary
    expect(summary).toMatchObject({ unanswered: 24, failedTurns: 24, average: { mean: 0 } })
    expect(summary?.meanActorRounds).toBeGreaterThan(0)
  })

  test('what somebody has to see to stops the run, and it goes on afterwards', async () => {
    const first = await start('her-2026', (request, text) =>
      text.includes('Dialogue Content') ? '!locked' : plays(request, text),
    )
    await expect(first.done).rejects.toThrow(ModelFailure)
    const second = await start('her-2026', plays, first.records)
    await second.done
    expect(readReport(second.records)?.summary.cases).toBe(6)
    expect(second.calls.progress.replayed).toBeGreaterThan(0)
  })
})

describe('its report', () => {
  test('is a page without scripts, in which whatever was written is text', async () => {
    const hostile: Answer = (request, text) =>
      plays(request, text).replace('Well.', `Well. <img src=x onerror="alert(1)"> ' & </details>`)
    const { done, records } = await start('her-2026', hostile)
    await done
    const report = readReport(records)
    if (!report) throw new Error('no report')
    const page = coserHtml([report, report])
    expect(page).not.toMatch(/<script|<img|onerror="/i)
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('0.00 [0.00, 0.00]')
    expect(page.match(/<details/g)?.length).toBe(page.match(/<\/details>/g)?.length)
    expect(page).toContain('class="flaw"')
    // A spreadsheet is told that the actor's name is no formula.
    const rows = coserCsv([report]).trimEnd().split('\r\n')
    expect(rows).toHaveLength(7)
    expect(rows[1]).toContain(",'=1+1,")
    const json = JSON.parse(coserJson([report]))
    expect(json.runs[0].cases[0].lines.some((line: { flaws: unknown[] }) => line.flaws.length > 0)).toBe(true)
    const lines = summaryLines(report.summary).join('\n')
    for (const word of ['preset her-2026', 'judge j', 'at most 4 rounds', 'actor rounds', 'unreadable'])
      expect(lines).toContain(word)
  })
})
