import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readJsonlJournal } from '#adapters/node/read-jsonl-journal.ts'
import { coserHtml } from '#core/coser/report/coser-html.ts'
import { coserCsv, coserJson } from '#core/coser/report/coser-tables.ts'
import { readReport } from '#core/coser/report/read-report.ts'
import { summaryLines } from '#core/coser/report/summary-lines.ts'
import { type Command, CommandProblem } from './command.ts'

export const report: Command = {
  about:
    'Compares runs and writes them as a page, as a table or as JSON. A run that is still going on may be looked at.',
  usage: 'report run.jsonl [other.jsonl …] [--html out.html] [--csv out.csv] [--json out.json]',
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { html: { type: 'string' }, csv: { type: 'string' }, json: { type: 'string' } },
    })
    if (positionals.length === 0) throw new CommandProblem('Name the journal of a run.')
    const reports = []
    for (const path of positionals) {
      const found = readReport(await readJsonlJournal(path))
      if (!found) throw new CommandProblem(`${path} is no journal of an evaluation.`)
      reports.push(found)
    }
    for (const { summary } of reports) for (const line of summaryLines(summary)) io.print(line)
    if (values.html) await writeFile(values.html, coserHtml(reports))
    if (values.csv) await writeFile(values.csv, coserCsv(reports))
    if (values.json) await writeFile(values.json, coserJson(reports))
    return 0
  },
}
