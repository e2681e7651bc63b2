import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { openJsonlJournal } from '#adapters/node/jsonl-journal.ts'
import type { Json, JsonObject } from '#core/cards/card.ts'
import type { CaseResult } from '#core/coser/case-result.ts'
import { type EvaluationCase, readEvaluationCases } from '#core/coser/evaluation-case.ts'
import { isPresetId, presets } from '#core/coser/preset.ts'
import { summaryLines } from '#core/coser/report/summary-lines.ts'
import {
  caseKey,
  headerKey,
  type RunHeader,
  type RunPart,
  readKeptCase,
  readRunHeader,
  runRecords,
} from '#core/coser/run-header.ts'
import { summarise } from '#core/coser/run-summary.ts'
import type { JsonValue } from '#core/job.ts'
import { type RunEvent, runEvaluation } from '#engine/evaluation/run-evaluation.ts'
import type { Journal } from '#ports/journal.ts'
import { type Command, type CommandIo, CommandProblem } from './command.ts'
import { openCalls, tellProgress } from './open-calls.ts'
import { readTransport, wholeNumber } from './options.ts'

const options = {
  cases: { type: 'string' },
  out: { type: 'string' },
  preset: { type: 'string', default: 'her-2026' },
  actor: { type: 'string' },
  environment: { type: 'string' },
  'next-speaker': { type: 'string' },
  judge: { type: 'string' },
  transport: { type: 'string' },
  title: { type: 'string' },
  limit: { type: 'string' },
  tag: { type: 'string' },
  'at-once': { type: 'string', default: '64' },
  rounds: { type: 'string' },
  'continue-from': { type: 'string', default: '0' },
  seed: { type: 'string', default: '42' },
  'by-chance': { type: 'boolean', default: false },
  'ignore-thought': { type: 'boolean', default: false },
  watch: { type: 'boolean', default: false },
} as const

export const evaluate: Command = {
  about:
    'Plays CoSER’s cases with an actor, an environment and a chooser of the next speaker, judges each play, and prints the scores. Called again with the same --out it goes on.',
  usage:
    'evaluate --cases test_set.json --out run.jsonl --actor URL[,URL…][#model] --judge URL[#model] [--environment URL] [--next-speaker URL] [--preset her-2026|coser-2025-02] [--limit n] [--tag id|ood] [--at-once n] [--rounds n] [--continue-from n] [--seed text] [--by-chance] [--ignore-thought] [--transport chat|completions] [--title text] [--watch]',
  run,
}

type Given = ReturnType<typeof read>

function read(args: readonly string[]) {
  return parseArgs({ args: [...args], options }).values
}

async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const given = read(args)
  if (!given.out || !given.actor || !given.judge) throw new CommandProblem('--out, --actor and --judge are needed.')
  const transport = readTransport(given.transport)
  const environment = given.environment ?? given.actor
  const addresses: Record<RunPart, string> = {
    actor: given.actor,
    environment,
    'next-speaker': given['next-speaker'] ?? environment,
    judge: given.judge,
  }
  const atOnce = wholeNumber(given['at-once'], '--at-once')
  const isNew = !existsSync(given.out)
  // Before anybody is asked: what is wrong with the file is known at once.
  const fresh = isNew ? await readCases(given, io) : undefined
  const bind = await openCalls(addresses, { mostAtOnce: atOnce, transport, signal: io.signal })
  const opened = await openJsonlJournal(given.out)
  if (!opened.ok) throw new CommandProblem(opened.error.sentence)
  const journal = opened.value
  try {
    const parts = bind(journal)
    const models = Object.fromEntries(Object.entries(parts).map(([part, { model }]) => [part, model]))
    const begun = readRunHeader(journal.get(headerKey))
    const header = begun ?? (await begin(given, models as RunHeader['models'], fresh, journal, io))
    if (begun) checkSame(begun, given, models)
    const tests = header.caseIds.flatMap((id) => readKeptCase(id, journal.get(caseKey(id)), header) ?? [])
    const results = new Map<string, CaseResult>()
    let told = Date.now()
    await runEvaluation({
      run: header,
      cases: tests,
      calls: {
        actor: parts.actor.calls,
        environment: parts.environment.calls,
        'next-speaker': parts['next-speaker'].calls,
        judge: parts.judge.calls,
      },
      journal,
      atOnce,
      signal: io.signal,
      onEvent: (event) => {
        if (event.type === 'case-end') results.set(event.id, event.result)
        if (given.watch) for (const line of eventLines(event)) io.tell(line)
        else if (event.type === 'case-end' || Date.now() - told > 5000) {
          told = Date.now()
          io.tell(`${results.size} of ${tests.length} cases, ${tellProgress(Object.values(parts))}`)
        }
      },
    })
    for (const line of summaryLines(summarise(header, results))) io.print(line)
    return 0
  } finally {
    await journal.close()
  }
}

interface FreshCases {
  readonly cases: readonly EvaluationCase[]
  readonly raw: ReadonlyMap<string, JsonValue>
}

async function readCases(given: Given, io: CommandIo): Promise<FreshCases> {
  if (!given.cases) throw new CommandProblem('--cases is needed to begin a run.')
  let value: Json
  try {
    value = JSON.parse(await readFile(given.cases, 'utf8')) as Json
  } catch (error) {
    throw new CommandProblem(`${given.cases} can’t be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const { cases, raw, problems } = readEvaluationCases(
    value,
    given['ignore-thought'] ? 'published' : 'motivation-or-thought',
  )
  for (const problem of problems) io.tell(problem)
  const tagged = given.tag ? cases.filter(({ tag }) => tag === given.tag) : cases
  const chosen = given.limit ? tagged.slice(0, wholeNumber(given.limit, '--limit')) : tagged
  if (chosen.length === 0) throw new CommandProblem(`There is no case in ${given.cases} that can be played.`)
  const kept = new Map(cases.map(({ id }, index) => [id, (raw[index] ?? {}) as JsonObject as JsonValue]))
  return { cases: chosen, raw: kept }
}

/** Writes down what the run is, and its cases, so that the journal is whole by itself. */
async function begin(
  given: Given,
  models: RunHeader['models'],
  fresh: FreshCases | undefined,
  journal: Journal,
  io: CommandIo,
): Promise<RunHeader> {
  const { cases, raw } = fresh ?? (await readCases(given, io))
  if (!isPresetId(given.preset)) throw new CommandProblem(`--preset is one of ${Object.keys(presets).join(', ')}.`)
  const header: RunHeader = {
    kind: 'coser',
    title: given.title ?? basename(given.out ?? 'run').replace(/\.jsonl$/, ''),
    preset: given.preset,
    rounds: given.rounds ? wholeNumber(given.rounds, '--rounds') : presets[given.preset].rounds,
    continueFrom: Number(given['continue-from']),
    motivation: given['ignore-thought'] ? 'published' : 'motivation-or-thought',
    choosing: given['by-chance'] ? 'chance' : 'model',
    seed: given.seed,
    models,
    caseIds: cases.map(({ id }) => id),
  }
  for (const [key, value] of runRecords(header, raw)) await journal.append(key, value)
  return header
}

/** A journal is gone on with as it was begun, or scores of two kinds would stand in one. */
function checkSame(begun: RunHeader, given: Given, models: Readonly<Record<string, string>>): void {
  const differing = Object.entries(begun.models).find(([part, model]) => models[part] !== model)
  const problem =
    (differing && `with ${differing[1]} as ${differing[0]}`) ??
    (given.preset !== begun.preset && given.preset !== options.preset.default ? `with the preset ${begun.preset}` : '')
  if (problem) throw new CommandProblem(`This run was begun ${problem}. For another one name another file with --out.`)
}

function eventLines(event: RunEvent): string[] {
  switch (event.type) {
    case 'case-start':
      return []
    case 'line':
      return [`${event.id} ${event.line.round + 1} ${event.line.speaker}: ${event.line.text.replace(/\s+/g, ' ')}`]
    case 'judged':
      return [`${event.id} ${event.dimension}: ${event.result.score?.toFixed(2) ?? event.result.state}`]
    case 'case-end':
      return [`${event.id}: ${event.result.score?.toFixed(2) ?? 'no score'}`]
  }
}
