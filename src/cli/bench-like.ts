import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { openJsonlJournal } from '#adapters/node/jsonl-journal.ts'
import { toldText } from '#core/bench-like/bench-line.ts'
import { readBenchReport } from '#core/bench-like/bench-report.ts'
import { benchLines } from '#core/bench-like/bench-summary.ts'
import { benchName, dimensions, meanScores, pillarScores } from '#core/bench-like/rubric.ts'
import {
  type BenchPart,
  type BenchRun,
  benchDiffering,
  benchRecords,
  benchRunKey,
  dialoguesOf,
  publishedRun,
  readBenchRun,
} from '#core/bench-like/run-header.ts'
import { type BenchSeed, readSeeds } from '#core/bench-like/seed.ts'
import { type BenchEvent, runBenchLike } from '#engine/bench-like/run-bench-like.ts'
import type { Journal } from '#ports/journal.ts'
import { type Command, type CommandIo, CommandProblem } from './command.ts'
import { openCalls, tellProgress } from './open-calls.ts'
import { readTransport, wholeNumber } from './options.ts'

const options = {
  seeds: { type: 'string' },
  out: { type: 'string' },
  actor: { type: 'string' },
  simulator: { type: 'string' },
  judge: { type: 'string' },
  turns: { type: 'string' },
  runs: { type: 'string' },
  stretch: { type: 'string' },
  limit: { type: 'string' },
  'at-once': { type: 'string', default: '64' },
  seed: { type: 'string', default: '42' },
  transport: { type: 'string' },
  title: { type: 'string' },
  watch: { type: 'boolean', default: false },
} as const

export const benchLike: Command = {
  about: `${benchName}: plays each seed with a simulated user, has stretches of the dialogues judged for defects, and prints the scores. Judge, simulator and the weights inside of a pillar are ours, since MiniMax’s are not published. Called again with the same --out it goes on.`,
  usage:
    'bench-like --seeds seeds.jsonl --out run.jsonl --actor URL[,URL…][#model] --judge URL[#model] --simulator URL[#model] [--turns 100] [--runs 3] [--stretch 20] [--limit n] [--at-once n] [--seed text] [--transport chat|completions] [--title text] [--watch]',
  run,
}

type Given = ReturnType<typeof read>

function read(args: readonly string[]) {
  return parseArgs({ args: [...args], options }).values
}

async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const given = read(args)
  const { out, actor, judge, simulator } = given
  if (!out || !actor || !judge || !simulator)
    throw new CommandProblem('--out, --actor, --simulator and --judge are needed.')
  const transport = readTransport(given.transport)
  const atOnce = wholeNumber(given['at-once'], '--at-once')
  const numbers = numbersOf(given)
  // Before anybody is asked: what is wrong with the file is known at once.
  const fresh = existsSync(out) ? undefined : await readSeedFile(given, io)
  const bind = await openCalls({ actor, simulator, judge }, { mostAtOnce: atOnce, transport, signal: io.signal })
  const opened = await openJsonlJournal(out)
  if (!opened.ok) throw new CommandProblem(opened.error.sentence)
  const journal = opened.value
  try {
    const parts = bind(journal)
    const models = { actor: parts.actor.model, simulator: parts.simulator.model, judge: parts.judge.model }
    const begun = readBenchRun(journal.get(benchRunKey))
    const header = begun ?? (await begin(given, models, fresh ?? (await readSeedFile(given, io)), journal))
    if (begun) checkSame(begun, numbers, models)
    const total = dialoguesOf(header).length
    let done = 0
    let told = Date.now()
    await runBenchLike({
      run: header,
      calls: { actor: parts.actor.calls, simulator: parts.simulator.calls, judge: parts.judge.calls },
      journal,
      atOnce,
      signal: io.signal,
      onEvent: (event) => {
        if (event.type === 'dialogue-end') done += 1
        if (given.watch) io.tell(eventLine(event))
        else if (event.type === 'dialogue-end' || Date.now() - told > 5000) {
          told = Date.now()
          io.tell(`${done} of ${total} dialogues, ${tellProgress(Object.values(parts))}`)
        }
      },
    })
    const report = readBenchReport(journal)
    for (const line of report ? benchLines(report.summary) : []) io.print(line)
    return 0
  } finally {
    await journal.close()
  }
}

async function readSeedFile(given: Given, io: CommandIo): Promise<readonly BenchSeed[]> {
  if (!given.seeds) throw new CommandProblem('--seeds is needed to begin a run.')
  let text: string
  try {
    text = await readFile(given.seeds, 'utf8')
  } catch (error) {
    throw new CommandProblem(`${given.seeds} can’t be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const { seeds, problems } = readSeeds(text)
  for (const problem of problems) io.tell(problem)
  const chosen = given.limit ? seeds.slice(0, wholeNumber(given.limit, '--limit')) : seeds
  if (chosen.length === 0) throw new CommandProblem(`There is no seed in ${given.seeds}.`)
  return chosen
}

/** Writes down what the run is, and its seeds, so that the journal is whole by itself. */
async function begin(
  given: Given,
  models: BenchRun['models'],
  seeds: readonly BenchSeed[],
  journal: Journal,
): Promise<BenchRun> {
  const header: BenchRun = {
    kind: 'bench-like',
    title: given.title ?? basename(given.out ?? 'run').replace(/\.jsonl$/, ''),
    ...publishedRun,
    ...numbersOf(given),
    seed: given.seed,
    models,
    seedIds: seeds.map(({ id }) => id),
  }
  for (const [key, value] of benchRecords(header, seeds)) await journal.append(key, value)
  return header
}

type Numbers = Partial<Pick<BenchRun, keyof typeof publishedRun>>

/** Those that were asked for. */
function numbersOf(given: Given): Numbers {
  const names = ['turns', 'runs', 'stretch'] as const
  return Object.fromEntries(
    names.flatMap((name) => (given[name] === undefined ? [] : [[name, wholeNumber(given[name], `--${name}`)]])),
  )
}

/** A journal is gone on with as it was begun, or scores of two kinds would stand in one. */
function checkSame(begun: BenchRun, numbers: Numbers, models: Readonly<Record<BenchPart, string>>): void {
  const [differing] = benchDiffering(begun, { ...begun, ...numbers, models })
  const problem =
    differing && `${differing.first} ${isCount(differing.what) ? `for --${differing.what}` : `as ${differing.what}`}`
  if (problem)
    throw new CommandProblem(`This run was begun with ${problem}. For another one name another file with --out.`)
}

function isCount(what: string): what is keyof Numbers {
  return Object.hasOwn(publishedRun, what)
}

function eventLine(event: BenchEvent): string {
  const name = `${event.dialogue.seedId} run ${event.dialogue.index + 1}`
  switch (event.type) {
    case 'line':
      return `${name} [${event.line.turn}] ${event.line.name}: ${toldText(event.line).replace(/\s+/g, ' ')}`
    case 'stretch': {
      const { from, to, state, scores } = event.stretch
      const said = scores ? dimensions.map((dimension) => `${dimension} ${scores[dimension]}`).join(', ') : state
      return `${name} turns ${from} to ${to}: ${said}`
    }
    case 'dialogue-end': {
      const scores = meanScores(event.result.stretches.flatMap((stretch) => stretch.scores ?? []))
      return `${name}: ${scores ? pillarScores(scores).overall.toFixed(2) : 'no score'}`
    }
  }
}
