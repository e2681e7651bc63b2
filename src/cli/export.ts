import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { isFile, linesOfFile, writeLines } from '#adapters/node/text-files.ts'
import { datasetReadme, droppedInWords } from '#core/training/dataset-readme.ts'
import type { Preferrer } from '#core/training/preference-rows.ts'
import { createReplaceNames, type NameReplacement } from '#core/training/replace-names.ts'
import type { TrainingChoice } from '#core/training/rows-of.ts'
import { type TrainingShape, trainingShapes } from '#core/training/training-row.ts'
import { exportTraining } from '#engine/training/export-training.ts'
import { fileSources } from '#engine/training/file-sources.ts'
import { isRecord } from '#lib/json-value.ts'
import { type Command, CommandProblem } from './command.ts'

const preferrers: readonly string[] = ['human', 'judge', 'implicit'] satisfies Preferrer[]

/** Told at most so often, in milliseconds. */
const tellEvery = 2000

export const exportCommand: Command = {
  about:
    'Writes chats, scenes, backups and rows of HER’s or CoSER’s data as training rows (clean, sft_multi_turn, sft_single_turn, sharegpt, preference), with a README beside them. Names: a JSON object of replacements.',
  usage:
    'export --from FILE… --shape SHAPE --out ROWS.jsonl [--branches all] [--replace NAMES.json] [--needs-planning] [--history N] [--by human,judge,implicit] [--licence TEXT] [--consent TEXT] [--report REPORT.json]',
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string', multiple: true, default: [] },
        shape: { type: 'string' },
        out: { type: 'string' },
        branches: { type: 'string', default: 'path' },
        replace: { type: 'string' },
        'needs-planning': { type: 'boolean', default: false },
        history: { type: 'string' },
        by: { type: 'string', default: 'human,judge' },
        licence: { type: 'string', default: '' },
        consent: { type: 'string', default: '' },
        report: { type: 'string' },
      },
    })
    const paths = [...values.from, ...positionals]
    const out = values.out
    if (paths.length === 0) throw new CommandProblem('Say which files to export from: --from FILE')
    if (!out) throw new CommandProblem('Say where the rows go: --out ROWS.jsonl')
    for (const path of paths) if (!(await isFile(path))) throw new CommandProblem(`There is no file “${path}”.`)
    const shape = trainingShapes.find((one) => one === values.shape)
    if (!shape) throw new CommandProblem(`Say which shape: --shape ${trainingShapes.join(' | ')}`)
    const table = values.replace === undefined ? [] : await readTable(values.replace)
    const choice = choiceOf(shape, values, table)

    let unreadable = 0
    const sources = fileSources(
      paths.map((path) => ({ name: basename(path), lines: () => linesOfFile(path) })),
      (fileName, sentence) => {
        unreadable += 1
        if (unreadable <= 5) io.tell(`${fileName}: ${sentence}`)
      },
    )
    const { lines, report } = exportTraining({ sources, choice })
    let toldAt = Date.now()
    async function* toldLines() {
      for await (const line of lines) {
        yield line
        if (Date.now() - toldAt < tellEvery) continue
        toldAt = Date.now()
        io.tell(`${report().rows} rows of ${report().chats} chats and scenes`)
      }
    }
    await writeLines(out, toldLines(), io.signal)

    const told = { ...report(), unreadable }
    const note = {
      fileName: basename(out),
      shape,
      report: told,
      replaced: table.length,
      date: new Date().toISOString().slice(0, 10),
    }
    if (out !== '/dev/null') {
      await writeFile(
        `${out.replace(/\.jsonl$/, '')}.README.md`,
        datasetReadme({ ...note, licence: values.licence, consent: values.consent }),
      )
    }
    if (values.report) {
      const machine = { shape, ...told, licence: values.licence, consent: values.consent, replaced: table.length }
      await writeFile(values.report, `${JSON.stringify(machine, null, 2)}\n`)
    }
    io.print(`${told.rows} rows of ${told.chats} chats and scenes; ${told.unplanned} end with a turn without planning.`)
    for (const { count, sentence, where } of droppedInWords(told)) {
      io.print(`Left out ${count}: ${sentence} The first: ${where}`)
    }
    if (unreadable > 0) io.print(`Not read ${unreadable}: see above.`)
    return 0
  },
}

function choiceOf(
  shape: TrainingShape,
  values: { branches: string; 'needs-planning': boolean; history?: string | undefined; by: string },
  table: readonly NameReplacement[],
): TrainingChoice {
  const replace = createReplaceNames(table)
  const mostHistory = values.history === undefined ? undefined : Number(values.history)
  if (mostHistory !== undefined && !(Number.isInteger(mostHistory) && mostHistory >= 0)) {
    throw new CommandProblem('--history is a number of turns.')
  }
  if (shape === 'preference') {
    const by = values.by.split(',').map((one) => one.trim())
    const unknown = by.find((one) => !preferrers.includes(one))
    if (unknown !== undefined) throw new CommandProblem(`--by knows ${preferrers.join(', ')}, and not “${unknown}”.`)
    return { shape, replace, preferredBy: new Set(by as Preferrer[]), mostHistory }
  }
  const { branches } = values
  if (branches !== 'path' && branches !== 'all') throw new CommandProblem('--branches is “path” or “all”.')
  return { shape, branches, replace, needsPlanning: values['needs-planning'], mostHistory }
}

/** `{"Anna": "Mara"}` */
async function readTable(path: string): Promise<NameReplacement[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CommandProblem(`There is no file “${path}”.`)
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new CommandProblem(`“${path}” is no JSON.`)
  }
  if (!isRecord(value) || !Object.values(value).every((to) => typeof to === 'string')) {
    throw new CommandProblem(`“${path}” must be an object of names, each with the name that stands in its place.`)
  }
  return Object.entries(value as Record<string, string>).map(([from, to]) => ({ from, to }))
}
