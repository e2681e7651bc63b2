import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readJsonlJournal } from '#adapters/node/read-jsonl-journal.ts'
import { readOutcome } from '#core/call-outcome.ts'
import { act } from '#core/coser/acting.ts'
import { resultKey } from '#core/coser/case-result.ts'
import { coserCase } from '#core/coser/coser.test-kit.ts'
import { type EvaluationCase, readEvaluationCases } from '#core/coser/evaluation-case.ts'
import { judgedTexts, judgePrompt } from '#core/coser/judge-prompt.ts'
import { actingKey } from '#core/coser/lines-so-far.ts'
import { presets } from '#core/coser/preset.ts'
import { readReport } from '#core/coser/report/read-report.ts'
import { dimensions } from '#core/coser/rubric.ts'
import type { JsonValue } from '#core/job.ts'
import { type ModelServer, startModelServer } from '../../e2e/model-server/model-server.ts'
import { startHer } from './killed.test-kit.ts'

const raw = Array.from({ length: 10 }, (_, index) => ({
  ...coserCase,
  i_c: index,
  scenario: `${coserCase.scenario} Night ${index}.`,
}))
const cases = readEvaluationCases(raw as never, 'motivation-or-thought').cases as EvaluationCase[]

/** Two in a usual run; `KILLS=20 npm run unit -- src/cli/evaluate` is the thorough one. */
const killCount = Number(process.env['KILLS'] ?? 2)

let server: ModelServer
let folder: string
beforeAll(async () => {
  server = await startModelServer()
  folder = await mkdtemp(join(tmpdir(), 'her-'))
  await writeFile(join(folder, 'cases.json'), JSON.stringify(raw))
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

function start(out: string) {
  const model = `${server.url}/v1#her;queue=15`
  const args = ['evaluate', '--cases', join(folder, 'cases.json'), '--out', out, '--actor', model, '--judge', model]
  return startHer([...args, '--at-once', '4', '--rounds', '6'])
}

const textOf = (messages: readonly { readonly role: string; readonly content: string }[]) =>
  JSON.stringify(messages.map(({ role, content }) => [role, content]))

/** The prompts of all calls whose answers a journal has. */
function promptsIn(steps: ReadonlyMap<string, JsonValue>): Set<string> {
  const preset = presets['her-2026']
  const prompts = new Set<string>()
  for (const test of cases) {
    const acting = act(test, { preset, rounds: 6, seed: '42' })
    let step = acting.next()
    while (!step.done) {
      const outcome = readOutcome(steps.get(actingKey(test.id, step.value)))
      if (!outcome) break
      prompts.add(textOf(step.value.messages))
      step = acting.next(outcome.kind === 'answered' ? outcome.text : undefined)
    }
    if (!step.done) continue
    const texts = judgedTexts(test, step.value, preset)
    for (const dimension of dimensions) {
      if (steps.has(`${test.id}/judge/${dimension}`)) prompts.add(textOf(judgePrompt(test, texts, dimension, preset)))
    }
  }
  return prompts
}

test('killed at any time it goes on, and asks nothing whose answer it has', async () => {
  const out = join(folder, 'killed.jsonl')
  let known = new Set<string>()
  for (let kills = 0; kills < killCount; kills++) {
    const from = server.generations().length
    const { child, ended } = start(out)
    await expect.poll(() => server.generations().length - from, { timeout: 60_000, interval: 5 }).toBeGreaterThan(20)
    child.kill('SIGKILL')
    await ended
    const asked = server.generations().slice(from)
    for (const { body } of asked) expect(known.has(textOf((body?.messages ?? []) as never))).toBe(false)
    const before = known.size
    known = promptsIn(await readJsonlJournal(out))
    expect(known.size).toBeGreaterThan(before)
    // A kill in the middle of a line.
    if (kills === 0) await appendFile(out, '{"key":"The Lamp at Grey Ness-4-0/5/actor","value":{"kind":"answ')
  }
  const from = server.generations().length
  const last = start(out)
  expect(await last.ended).toBe(0)
  for (const { body } of server.generations().slice(from)) {
    expect(known.has(textOf((body?.messages ?? []) as never))).toBe(false)
  }
  const steps = await readJsonlJournal(out)
  expect(readReport(steps)?.summary.cases).toBe(10)
  expect(cases.every(({ id }) => steps.has(resultKey(id)))).toBe(true)
  expect(last.printed()).toContain('preset her-2026')

  // One that was never killed comes to the same, to the letter.
  const other = join(folder, 'whole.jsonl')
  const whole = start(other)
  expect(await whole.ended).toBe(0)
  const scores = (printed: string) => printed.split('\n').slice(1)
  expect(scores(whole.printed())).toEqual(scores(last.printed()))
  // And a third time there is nothing left to ask.
  const end = server.generations().length
  const again = start(other)
  expect(await again.ended).toBe(0)
  expect(again.printed()).toBe(whole.printed())
  expect(server.generations().length).toBe(end)
}, 180_000)
