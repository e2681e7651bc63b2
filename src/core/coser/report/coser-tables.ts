import { dimensions } from '../rubric.ts'
import { compareRunCases } from './compare-runs.ts'
import { compareRuns, placeFlaws, type RunReport } from './run-report.ts'

/** One row a case, of all runs. */
export function coserCsv(reports: readonly RunReport[]): string {
  const header = [
    ...['run', 'preset', 'actor', 'judge', 'rounds', 'case', 'book', 'tag', 'actor_rounds'],
    ...dimensions,
    ...['score', 'bleu', 'rouge_l', 'unreadable', 'unanswered', 'failed_turns'],
  ]
  const rows = reports.flatMap(({ summary: { run }, cases }) =>
    cases.map(({ id, test, result }) => {
      const judged = Object.values(result.judgements)
      return [
        ...[
          run.title,
          run.preset,
          run.models.actor,
          run.models.judge,
          run.rounds,
          id,
          test?.book ?? '',
          test?.tag ?? '',
        ],
        result.actorRounds,
        ...dimensions.map((dimension) => result.judgements[dimension].score ?? ''),
        ...[result.score ?? '', result.bleu, result.rougeL],
        judged.filter(({ state }) => state === 'unreadable').length,
        judged.filter(({ state }) => state === 'unanswered').length,
        result.lines.filter(({ failed }) => failed).length,
      ]
    }),
  )
  return writeCsv([header, ...rows])
}

/** Rows of cells, as RFC 4180 has them. A text that a spreadsheet would compute begins with an apostrophe. */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => {
    if (typeof value === 'number') return String(value)
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** Everything, to compute with: summaries, every line with its flaws, and each run against the first. */
export function coserJson(reports: readonly RunReport[]): string {
  const [first] = reports
  const value = {
    format: 'subtext-coser-report',
    version: 1,
    runs: reports.map((report) => ({
      ...report.summary,
      ...(first &&
        report !== first && {
          againstFirst: { ...compareRuns(first, report), caseByCase: compareRunCases(first, report) },
        }),
      cases: report.cases.map(({ id, test, result }) => {
        const { byLine, ofWhole } = placeFlaws(test, result, report.summary.run)
        return {
          id,
          ...result,
          lines: result.lines.map((line, index) => ({ ...line, flaws: byLine[index] })),
          flawsOfWhole: ofWhole,
        }
      }),
    })),
  }
  return `${JSON.stringify(value, undefined, 2)}\n`
}
