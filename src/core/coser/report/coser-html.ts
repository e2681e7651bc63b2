import { type Html, html } from '#lib/html.ts'
import { dimensions } from '../rubric.ts'
import { type RunDiffering, runDiffering } from '../run-header.ts'
import type { RunSummary } from '../run-summary.ts'
import { compareRunCases, type RunMeasure } from './compare-runs.ts'
import { comparisonTable } from './comparison-table.ts'
import { type LinePart, lineParts } from './line-parts.ts'
import { barPlot, casePlot } from './plots.ts'
import { type Column, reportPage, table, withInterval } from './report-page.ts'
import { type CaseReport, compareRuns, type FoundFlaw, placeFlaws, type RunReport } from './run-report.ts'

/** One or several runs as a page to keep: numbers with what they were made with, plots, and each flaw on its line. */
export function coserHtml(reports: readonly RunReport[]): string {
  const title =
    reports.length === 1 ? `CoSER: ${reports[0]?.summary.run.title}` : `CoSER: ${reports.length} runs compared`
  return reportPage(title, [
    html`<p class="note">Given-circumstance acting after CoSER. Scores go from 0 to 100 and depend on the preset, the judge and the rounds: compare only runs in which these agree. Intervals are of 95 % (bootstrap over cases, 2,000 drawings). Prompts are Subtext’s own wording of the published demands.</p>`,
    factTable('Scores', scores, reports),
    factTable('What was run', facts, reports),
    ...(reports.length > 1 ? [differences(reports)] : []),
    html`<figure>${barPlot([
      ...dimensions.map((label) => ({ label, bars: reports.map(({ summary }) => summary.dimensions[label]) })),
      { label: 'Average', bars: reports.map(({ summary }) => summary.average) },
    ])}<figcaption class="note">${legend(reports)}</figcaption></figure>`,
    byCase(reports),
    ...reports.map((report) => casesOf(report)),
  ])
}

type Fact = readonly [title: string, value: (summary: RunSummary) => string | number]

const facts: readonly Fact[] = [
  ['Preset', ({ run }) => run.preset],
  ['Actor', ({ run }) => run.models.actor],
  ['Judge', ({ run }) => run.models.judge],
  ['Environment', ({ run }) => run.models.environment],
  ['Next speaker', ({ run }) => (run.choosing === 'chance' ? 'by chance' : run.models['next-speaker'])],
  ['Motivation', ({ run }) => run.motivation],
  ['Cases done', ({ run, cases }) => `${cases} of ${run.caseIds.length}`],
  ['Rounds at most', ({ run }) => run.rounds],
  ['Lines given', ({ run }) => run.continueFrom],
  ['Mean actor rounds', ({ meanActorRounds }) => meanActorRounds.toFixed(2)],
  ['Unreadable judgements', ({ unreadable }) => unreadable],
  ['Judgements not given', ({ unanswered }) => unanswered],
  ['Turns that failed', ({ failedTurns }) => failedTurns],
  ['Next speakers drawn', ({ drawnSpeakers }) => drawnSpeakers],
  ['Seed', ({ run }) => run.seed],
]

const scores: readonly Fact[] = [
  ['Average', ({ average }) => withInterval(average)],
  ...dimensions.map((title): Fact => [title, (summary) => withInterval(summary.dimensions[title])]),
  ['BLEU', ({ bleu }) => withInterval(bleu, 4)],
  ['ROUGE-L', ({ rougeL }) => withInterval(rougeL, 4)],
]

function factTable(heading: string, rows: readonly Fact[], reports: readonly RunReport[]): Html {
  const columns: Column<Fact>[] = [
    { title: '', cell: ([title]) => title },
    ...reports.map(({ summary }, index) => ({
      title: html`<span class="key run${index % 6}"></span>${summary.run.title}`,
      isNumber: true,
      cell: ([, value]: Fact) => value(summary),
    })),
  ]
  return html`<h2>${heading}</h2>${table(columns, rows)}`
}

function differences(reports: readonly RunReport[]): Html {
  const [first, ...others] = reports
  if (!first) return html``
  return html`<h2>Against “${first.summary.run.title}”</h2>${table<RunReport>(
    [
      { title: 'Run', cell: ({ summary }) => summary.run.title },
      { title: 'Ahead by', isNumber: true, cell: (report) => withInterval(compareRuns(first, report)) },
      {
        title: 'How',
        cell: (report) => {
          const found = compareRuns(first, report)
          if (!found) return 'nothing to compare'
          const way = found.paired ? 'case by case, the same cases' : 'means of different cases'
          return `${way} (${found.count}); ${found.isClear ? 'clear' : 'may be chance'}`
        },
      },
      { title: 'Comparable', cell: (report) => whyNotComparable(first, report) },
    ],
    others,
  )}${others.map((other) =>
    comparisonTable({
      first: first.summary.run.title,
      other: other.summary.run.title,
      comparison: compareRunCases(first, other),
      labelOf: (measure) => measureTitles[measure] ?? measure,
      digitsOf: (measure) => (measure === 'bleu' || measure === 'rougeL' ? 4 : 2),
    }),
  )}`
}

const measureTitles: Readonly<Partial<Record<RunMeasure, string>>> = {
  average: 'Average',
  bleu: 'BLEU',
  rougeL: 'ROUGE-L',
}

const settingTitles: Readonly<Partial<Record<RunDiffering['what'], string>>> = {
  'next-speaker': 'next speaker',
  continueFrom: 'lines given',
  choosing: 'way to choose who is next',
}

function whyNotComparable(one: RunReport, other: RunReport): string {
  const differing = runDiffering(one.summary.run, other.summary.run)
    .filter(({ what }) => what !== 'actor')
    .map(({ what }) => settingTitles[what] ?? what)
  return differing.length === 0 ? 'yes' : `not fully: other ${differing.join(', ')}`
}

function legend(reports: readonly RunReport[]): Html[] {
  return reports.map(({ summary }, index) => html`<span class="key run${index % 6}"></span>${summary.run.title} `)
}

function byCase(reports: readonly RunReport[]): Html {
  const scores = reports.map(({ cases }) => new Map(cases.map(({ id, result }) => [id, result.score])))
  const ids = [...new Set(reports.flatMap(({ cases }) => cases.map(({ id }) => id)))]
  const first = scores[0]
  ids.sort((one, other) => (first?.get(other) ?? -1) - (first?.get(one) ?? -1))
  return html`<h2>Score by case</h2><figure>${casePlot(
    scores.map((known) => ids.map((id) => known.get(id))),
    ids,
  )}<figcaption class="note">${legend(reports)}</figcaption></figure>`
}

function casesOf(report: RunReport): Html {
  return html`<h2>${report.summary.run.title}: every case</h2>
${report.cases.map((one) => caseDetails(one, report))}`
}

function caseDetails({ id, test, result }: CaseReport, { summary }: RunReport): Html {
  const { byLine, ofWhole } = placeFlaws(test, result, summary.run)
  const score = result.score === undefined ? 'no score' : result.score.toFixed(2)
  const each = dimensions.map((dimension) => {
    const judged = result.judgements[dimension]
    const value = judged.score === undefined ? '–' : judged.score.toFixed(2)
    return `${dimension} ${value}${judged.state === 'judged' ? '' : ` (${judged.state})`}`
  })
  return html`<details><summary>${id} <span>${score}</span></summary>
<p class="note">${test?.topic ? `${test.topic}. ` : ''}${each.join(' · ')} · BLEU ${result.bleu.toFixed(4)} · ROUGE-L ${result.rougeL.toFixed(4)} · ${result.actorRounds} actor rounds</p>
<ol>${result.lines.map(
    (line, index) =>
      html`<li><span class="line"><b>${line.speaker}</b>${line.given && ' (from the book)'} ${line.failed ? html`<i class="soft">no answer</i>` : lineParts(line).map(partMarkup)}</span>${(byLine[index] ?? []).map(flawNote)}</li>`,
  )}</ol>
${ofWhole.length > 0 && html`<p class="note">Of the whole:</p>${ofWhole.map(flawNote)}`}
</details>
`
}

function flawNote({ dimension, type, severity, instance }: FoundFlaw): Html {
  return html`<div class="flaw"><b>${severity ?? '?'}</b> ${dimension}${type && type !== dimension ? ` · ${type}` : ''}: ${instance}</div>`
}

function partMarkup({ layer, text }: LinePart): Html {
  switch (layer) {
    case 'system_thinking':
      return html`<span class="soft">⟨${text}⟩ </span>`
    case 'role_thinking':
      return html`<i class="soft">${text}</i> `
    case 'role_action':
      return html`<i>(${text})</i> `
    case 'speech':
      return html`${text} `
  }
}
