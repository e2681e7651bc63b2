import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readJsonlJournal } from '#adapters/node/read-jsonl-journal.ts'
import { benchSeed } from '#core/bench-like/bench-like.test-kit.ts'
import { readOutcome } from '#core/call-outcome.ts'
import { type ModelServer, startModelServer } from '../../e2e/model-server/model-server.ts'
import { runHer, startHer } from './killed.test-kit.ts'

/** One in a usual run; `KILLS=20 npm run unit -- src/cli/killed` is the thorough one. */
const killCount = Number(process.env['KILLS'] ?? 1)

const lines = (count: number, line: (index: number) => object | string) =>
  Array.from({ length: count }, (_, index) => line(index))
    .map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
    .join('\n')
/** Two people who say so much to each other, nothing of it thought or planned. */
const story = lines(24, (index) =>
  index % 2 === 0 ? `Anna: Page ${index} is gone.` : `Boris: Then write page ${index} anew. (He turns to the window.)`,
)
const pairs = lines(12, (index) => ({
  prompt: [{ role: 'user', content: `Boris: Who has page ${index}?` }],
  cand_1: 'Anna: Nobody.',
  cand_2: `Anna: <role_thinking>He knows</role_thinking>Who asks for ${index}?`,
  human: index % 2 === 0 ? 'cand_1' : 'cand_2',
}))
const seeds = lines(3, (index) => ({ ...benchSeed, id: `seed-${index}`, user_setting: `He is of pier ${index}.` }))

/** What a command is called with, what its answers are written down in, and what comes of it beside what it prints. */
const kinds = [
  {
    name: 'enhance',
    file: 'story.txt',
    text: story,
    argsOf: (from: string, model: string) => ['--from', from, '--teacher', model, '--stages', 'S2,S3a,S3b,S4'],
    journalOf: (out: string) => `${out}.journal`,
    resultOf: (out: string) => readFile(out, 'utf8'),
  },
  {
    name: 'judge',
    file: 'pairs.jsonl',
    text: pairs,
    argsOf: (from: string, model: string) => ['--pairs', from, '--judge', model],
    journalOf: (out: string) => `${out}.journal`,
    resultOf: (out: string) => readFile(out, 'utf8'),
  },
  {
    name: 'bench-like',
    file: 'seeds.jsonl',
    text: seeds,
    argsOf: (from: string, model: string) =>
      `--seeds ${from} --actor ${model} --simulator ${model} --judge ${model} --turns 8 --runs 1 --stretch 4 --title T`.split(
        ' ',
      ),
    journalOf: (out: string) => out,
    resultOf: async () => '',
  },
]

let server: ModelServer
let folder: string
beforeAll(async () => {
  server = await startModelServer()
  folder = await mkdtemp(join(tmpdir(), 'her-'))
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const asked = () => server.generations().length

/** How many answers a journal has. */
async function answersIn(path: string): Promise<number> {
  const steps = await readJsonlJournal(path)
  return [...steps.values()].filter((value) => readOutcome(value) !== undefined).length
}

test.each(kinds)(
  '$name: killed at any time it goes on, and asks nothing whose answer it has',
  async (kind) => {
    const from = join(folder, kind.file)
    await writeFile(from, kind.text)
    // Slow enough that a kill finds it at work.
    const model = `${server.url}/v1#her;queue=15`
    const argsTo = (out: string) => [kind.name, ...kind.argsOf(from, model), '--out', out, '--at-once', '3']

    const wholeOut = join(folder, `${kind.name}-whole.jsonl`)
    const atFirst = asked()
    const whole = await runHer(argsTo(wholeOut))
    const calls = asked() - atFirst
    expect(calls).toBeGreaterThan(15)
    expect(await answersIn(kind.journalOf(wholeOut))).toBe(calls)

    const out = join(folder, `${kind.name}-killed.jsonl`)
    const journal = kind.journalOf(out)
    let known = 0
    for (let kill = 0; kill < killCount; kill += 1) {
      const begun = asked()
      const least = 2 + Math.floor((Math.random() * calls) / (killCount + 1))
      const { child, ended } = startHer(argsTo(out))
      await expect
        .poll(() => asked() - begun >= least || child.exitCode !== null, { timeout: 60_000, interval: 2 })
        .toBe(true)
      child.kill('SIGKILL')
      await ended
      const before = known
      known = await answersIn(journal)
      // What it asked for is in the journal, was under way, or on its way to the disk.
      expect(asked() - begun - (known - before)).toBeLessThanOrEqual(6)
      // A kill in the middle of a line.
      if (kill === 0) await appendFile(journal, '{"key":"1/anna/s2/0","value":{"kind":"answ')
    }
    const begun = asked()
    expect(known).toBeLessThan(calls)
    const last = await runHer(argsTo(out))
    expect(asked() - begun).toBe(calls - known)
    expect(last).toBe(whole)
    expect(await kind.resultOf(out)).toBe(await kind.resultOf(wholeOut))
  },
  120_000,
)
