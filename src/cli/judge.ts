import { createReadStream, createWriteStream } from 'node:fs'
import { readFile, rename } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { openJsonlJournal } from '#adapters/node/jsonl-journal.ts'
import { wait } from '#adapters/wait.ts'
import { agreementOf } from '#core/taste/agreement.ts'
import type { Preference, Verdict } from '#core/taste/preference.ts'
import { type Principle, readCatalogue } from '#core/taste/principle.ts'
import { judgeFigures, type Share } from '#core/taste/settle.ts'
import { createCalls } from '#engine/calls/create-calls.ts'
import { judgeRows } from '#engine/taste/judge-rows.ts'
import { type Command, type CommandIo, CommandProblem } from './command.ts'
import { openEndpoints } from './endpoints.ts'

const usualAtOnce = 64
const verdicts: Readonly<Record<string, Verdict>> = { cand_1: 'a', cand_2: 'b', tie: 'tie' }

export const judgeCommand: Command = {
  about: 'Has a judge compare the two candidates of each line of a file, in both orders.',
  usage:
    'judge --pairs pairs.jsonl --judge URL[,URL…]#model --out judged.jsonl [--catalogue principles.json] [--at-once 64]',
  run,
}

async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      pairs: { type: 'string' },
      judge: { type: 'string' },
      out: { type: 'string' },
      catalogue: { type: 'string' },
      'at-once': { type: 'string', default: String(usualAtOnce) },
    },
  })
  const { pairs, judge, out } = values
  if (!pairs || !judge || !out) throw new CommandProblem(`It takes --pairs, --judge and --out: ${judgeCommand.usage}`)
  const mostAtOnce = Number(values['at-once'])
  if (!(mostAtOnce >= 1)) throw new CommandProblem('--at-once is how many requests may be under way, 1 or more.')
  const catalogue = values.catalogue === undefined ? undefined : await readPrinciples(values.catalogue)
  const { model, models } = await openEndpoints({ address: judge, signal: io.signal })
  const opened = await openJsonlJournal(`${out}.journal`)
  if (!opened.ok) throw new CommandProblem(opened.error.sentence)
  const journal = opened.value
  try {
    const calls = createCalls({ models, journal, mostAtOnce, now: () => Date.now(), wait, random: Math.random })
    const { ask } = calls
    const judging = { ask, model, signal: io.signal, ...(catalogue && { catalogue }) }
    return await judgeFile(io, { pairs, out }, judging)
  } finally {
    await journal.close()
  }
}

async function judgeFile(
  io: CommandIo,
  { pairs, out }: { readonly pairs: string; readonly out: string },
  judging: Parameters<typeof judgeRows>[0],
): Promise<number> {
  const lines = createInterface({ input: createReadStream(pairs, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
  // Under its own name the file is whole.
  const file = createWriteStream(`${out}.part`, 'utf8')
  const judged: Pick<Preference, 'verdict' | 'by'>[] = []
  const both: [Verdict, Verdict][] = []
  let unreadable = 0
  for await (const line of judgeRows(judging, lines)) {
    if (line.kind === 'unreadable') {
      unreadable += 1
      io.tell(`Line ${line.line} was left out: ${line.sentence}`)
      continue
    }
    const { preference, human } = line
    judged.push(slim(preference))
    const said = human === undefined ? undefined : verdicts[human]
    const isRead = preference.by.kind === 'judge' && preference.by.flag !== 'unread'
    if (said && isRead) both.push([said, preference.verdict])
    if (!file.write(`${line.text}\n`)) await new Promise<void>((resolve) => file.once('drain', resolve))
    if (judged.length % 100 === 0) io.tell(`${judged.length} pairs judged`)
  }
  file.end()
  await finished(file)
  await rename(`${out}.part`, out)
  printFigures(io, judging.model, judged, both)
  return unreadable > 0 ? 1 : 0
}

/** What the figures need of a judgement, since there may be millions: no words. */
function slim({ verdict, by }: Pick<Preference, 'verdict' | 'by'>): Pick<Preference, 'verdict' | 'by'> {
  if (by.kind !== 'judge') return { verdict, by }
  const [forth, back] = by.orders
  const bare = (order: typeof forth) => ({
    ...order,
    told: { a: '', b: '' },
    analysis: '',
    summary: '',
    comparisons: order.comparisons.map((comparison) => ({
      ...comparison,
      name: '',
      dimension: '',
      definition: '',
      chosenFor: '',
      a: '',
      b: '',
      reason: '',
    })),
  })
  return { verdict, by: { ...by, orders: [bare(forth), bare(back)] } }
}

function printFigures(
  io: CommandIo,
  model: string,
  judged: readonly Pick<Preference, 'verdict' | 'by'>[],
  both: readonly (readonly [Verdict, Verdict])[],
): void {
  const { judged: read, unread, conflicts, mixed, firstWins } = judgeFigures(judged)
  const { pairs, agreed, kappa } = agreementOf(both)
  io.print(`judge                     ${model}`)
  io.print(`pairs                     ${read} judged in both orders, ${unread} not readable`)
  io.print(`orders disagree           ${share(conflicts)}`)
  io.print(`principles on both sides  ${share(mixed)}`)
  io.print(`first place wins          ${share(firstWins)}`)
  if (pairs > 0) {
    const beyond = kappa === undefined ? '' : `, kappa ${kappa.toFixed(3)}`
    io.print(`agrees with the human     ${share({ count: agreed, of: pairs })}${beyond}`)
  }
}

function share({ count, of }: Share): string {
  return of === 0 ? 'none to count' : `${((100 * count) / of).toFixed(1)} % (${count} of ${of})`
}

async function readPrinciples(path: string): Promise<readonly Principle[]> {
  const read = readCatalogue(await readFile(path, 'utf8'))
  if (!read.ok) throw new CommandProblem(`${path}: ${read.error.sentence}`)
  return read.value
}
