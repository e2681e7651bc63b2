import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonValue } from '#core/job.ts'
import { openJsonlJournal } from './jsonl-journal.ts'

const freshPath = () => join(mkdtempSync(join(tmpdir(), 'subtext-journal-')), 'run.jsonl')

async function open(path: string) {
  const opened = await openJsonlJournal(path)
  if (!opened.ok) throw new Error(opened.error.sentence)
  return opened.value
}

test('what was appended is there when it is opened again, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.jsonValue()), {
        selector: ([key]) => key,
        maxLength: 20,
      }),
      async (steps) => {
        const path = freshPath()
        const journal = await open(path)
        await Promise.all(steps.map(([key, value]) => journal.append(key, value as JsonValue)))
        await journal.close()
        const again = await open(path)
        expect(again.known).toBe(steps.length)
        for (const [key, value] of steps) expect(again.get(key)).toEqual(JSON.parse(JSON.stringify(value)))
        await again.close()
      },
    ),
    { numRuns: 30 },
  )
})

test('wherever a kill cuts the file, the whole steps are there and it goes on', async () => {
  const path = freshPath()
  const journal = await open(path)
  for (const key of ['a', 'b', 'c']) await journal.append(key, { text: `Ünï ${key}` })
  await journal.close()
  const whole = readFileSync(path)
  const ends = [...whole].flatMap((byte, index) => (byte === 0x0a ? [index + 1] : []))
  for (let cut = 0; cut <= whole.length; cut += 1) {
    const cutPath = freshPath()
    writeFileSync(cutPath, whole.subarray(0, cut))
    const reopened = await open(cutPath)
    expect(reopened.known).toBe(ends.filter((end) => end <= cut).length)
    await reopened.append('d', 1)
    await reopened.close()
    const last = await open(cutPath)
    expect([last.get('d'), last.unreadable]).toEqual([1, 0])
    await last.close()
  }
})

test('a step is written once, and lines that are no steps are counted and left out', async () => {
  const path = freshPath()
  writeFileSync(path, '{"key":"a","value":1}\nnonsense\n{"key":2,"value":1}\n{"key":"a","value":3}\n')
  const journal = await open(path)
  expect([journal.get('a'), journal.known, journal.unreadable]).toEqual([1, 1, 2])
  await journal.append('a', 9)
  await journal.close()
  expect(readFileSync(path, 'utf8')).not.toContain('9')
})

test('one process at a time; one that died is no hindrance', async () => {
  const path = freshPath()
  const journal = await open(path)
  expect(await openJsonlJournal(path)).toMatchObject({ ok: false, error: { sentence: /at work/ } })
  await journal.close()
  expect(existsSync(`${path}.lock`)).toBe(false)
  appendFileSync(`${path}.lock`, '999999999')
  await (await open(path)).close()
  expect(process.pid).toBeGreaterThan(0)
})
