import { comparisonTable } from '#core/coser/report/comparison-table.ts'
import { barPlot } from '#core/coser/report/plots.ts'
import { reportPage, table, withInterval } from '#core/coser/report/report-page.ts'
import { type Html, html } from '#lib/html.ts'
import { type BenchLine, toldText } from './bench-line.ts'
import { type BenchReport, benchLines } from './bench-summary.ts'
import { compareBenchSeeds } from './compare-bench.ts'
import type { DialogueResult, PlacedMisalignment } from './dialogue-result.ts'
import { benchName, benchNote, dimensions, isPillar, meanScores, pillarParts, pillarScores, pillars } from './rubric.ts'
import { benchDiffering } from './run-header.ts'

/** One or several runs as a page to keep: numbers with what they were made with, and each misalignment on its line. */
export function benchHtml(reports: readonly BenchReport[]): string {
  const [first, ...others] = reports
  const title = `${benchName}: ${reports.map(({ summary }) => summary.run.title).join(', ')}`
  const rows = [
    { label: 'Overall', bars: reports.map(({ summary }) => summary.overall) },
    ...pillars.map((pillar) => ({
      label: pillarParts[pillar].title,
      bars: reports.map(({ summary }) => summary.pillars[pillar]),
    })),
    ...dimensions.map((label) => ({ label, bars: reports.map(({ summary }) => summary.dimensions[label]) })),
  ]
  return reportPage(title, [
    html`<p class="note">${benchNote} Intervals are of 95 % (bootstrap over seeds, 2,000 drawings).</p>`,
    table(
      [
        { title: '', cell: ({ label }) => label },
        ...reports.map(({ summary }, index) => ({
          title: html`<span class="key run${index % 6}"></span>${summary.run.title}`,
          isNumber: true,
          cell: ({ bars }: (typeof rows)[number]) => withInterval(bars[index]),
        })),
      ],
      rows,
    ),
    // Labels of all of them have no room side by side.
    html`<figure>${barPlot(rows.slice(0, 1 + pillars.length))}</figure>`,
    html`<figure>${barPlot(rows.slice(1 + pillars.length))}</figure>`,
    ...reports.map(({ summary }) => html`<p class="note">${benchLines(summary).slice(0, 4).join('. ')}.</p>`),
    ...others.flatMap((other) => (first ? [against(first, other)] : [])),
    ...reports.map(dialogues),
  ])
}

function against(first: BenchReport, other: BenchReport): Html {
  const differing = benchDiffering(first.summary.run, other.summary.run).filter(({ what }) => what !== 'actor')
  return html`${comparisonTable({
    first: first.summary.run.title,
    other: other.summary.run.title,
    comparison: compareBenchSeeds(first, other),
    labelOf: (measure) =>
      measure === 'overall' ? 'Overall' : isPillar(measure) ? pillarParts[measure].title : measure,
  })}${differing.length > 0 && html`<p class="note">Not fully comparable: other ${differing.map(({ what }) => what).join(', ')}.</p>`}`
}

function dialogues({ summary, results }: BenchReport): Html {
  return html`<h2>${summary.run.title}: every dialogue</h2>
${[...results].flatMap(([id, all]) => all.map((result) => dialogue(`${id}, run ${result.index + 1}`, result)))}`
}

function dialogue(title: string, { lines, stretches }: DialogueResult): Html {
  const scores = meanScores(stretches.flatMap((stretch) => stretch.scores ?? []))
  const all = stretches.flatMap(({ misalignments }) => misalignments)
  const ofWhole = all.filter(({ placed }) => placed === undefined)
  const states = stretches.map(({ from, to, state }) => `turns ${from} to ${to} ${state}`).join(', ')
  return html`<details><summary>${title} <span>${scores ? pillarScores(scores).overall.toFixed(2) : 'no score'}</span></summary>
<p class="note">${dimensions.map((dimension) => `${dimension} ${scores?.[dimension].toFixed(2) ?? '–'}`).join(' · ')} · ${states}</p>
<ol start="0">${lines.map(
    (line) => html`<li>${lineMarkup(line)}${all.filter(({ placed }) => placed === line.turn).map(note)}</li>`,
  )}</ol>
${ofWhole.length > 0 && html`<p class="note">Of the whole:</p>${ofWhole.map(note)}`}
</details>
`
}

/** As the judge was shown it. */
function lineMarkup(line: BenchLine): Html {
  const words = toldText(line) || (line.failed ? 'no answer' : 'no words')
  return html`<span class="line"><b>${line.name}</b>${line.isScripted && ' (given)'} ${words}</span>`
}

function note({ dimension, quote, why }: PlacedMisalignment): Html {
  return html`<div class="flaw"><b>${dimension ?? '?'}</b> “${quote}” ${why}</div>`
}
