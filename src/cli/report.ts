import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readJsonlJournal } from '#adapters/node/read-jsonl-journal.ts'
import { benchHtml } from '#core/bench-like/bench-html.ts'
import { benchCsv, benchJson, readBenchReport } from '#core/bench-like/bench-report.ts'
import { benchLines } from '#core/bench-like/bench-summary.ts'
import { coserHtml } from '#core/coser/report/coser-html.ts'
import { coserCsv, coserJson } from '#core/coser/report/coser-tables.ts'
import { readReport } from '#core/coser/report/read-report.ts'
import { summaryLines } from '#core/coser/report/summary-lines.ts'
import type { JsonValue } from '#core/job.ts'
import { type Command, CommandProblem } from './command.ts'

export const report: Command = {
  about:
    'Compares runs of one kind (of evaluate, or of bench-like) and writes them as a page, as a table or as JSON. A run that is still going on may be looked at.',
  usage: 'report run.jsonl [other.jsonl …] [--html out.html] [--csv out.csv] [--json out.json]',
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { html: { type: 'string' }, csv: { type: 'string' }, json: { type: 'string' } },
    })
    if (positionals.length === 0) throw new CommandProblem('Name the journal of a run.')
    const journals = new Map<string, ReadonlyMap<string, JsonValue>>()
    for (const path of positionals) journals.set(path, await readJsonlJournal(path))
    const { lines, html, csv, json } = writersOf(journals)
    for (const line of lines) io.print(line)
    if (values.html) await writeFile(values.html, html())
    if (values.csv) await writeFile(values.csv, csv())
    if (values.json) await writeFile(values.json, json())
    return 0
  },
}

interface Writers {
  readonly lines: readonly string[]
  readonly html: () => string
  readonly csv: () => string
  readonly json: () => string
}

/** The runs are of the kind the first is of. */
function writersOf(journals: ReadonlyMap<string, ReadonlyMap<string, JsonValue>>): Writers {
  const [first] = journals.values()
  if (first && readBenchReport(first)) {
    const reports = readAll(journals, readBenchReport, 'of a run of bench-like')
    return {
      lines: reports.flatMap(({ summary }) => benchLines(summary)),
      html: () => benchHtml(reports),
      csv: () => benchCsv(reports),
      json: () => benchJson(reports),
    }
  }
  const reports = readAll(journals, readReport, 'of an evaluation')
  return {
    lines: reports.flatMap(({ summary }) => summaryLines(summary)),
    html: () => coserHtml(reports),
    csv: () => coserCsv(reports),
    json: () => coserJson(reports),
  }
}

function readAll<Report>(
  journals: ReadonlyMap<string, ReadonlyMap<string, JsonValue>>,
  read: (steps: ReadonlyMap<string, JsonValue>) => Report | undefined,
  kind: string,
): Report[] {
  return [...journals].map(([path, steps]) => {
    const found = read(steps)
    if (!found) throw new CommandProblem(`${path} is no journal ${kind}.`)
    return found
  })
}
