import { type Html, html } from '#lib/html.ts'
import type { ScoreComparison } from '../compare-scores.ts'
import { table, withInterval } from './report-page.ts'

interface Compared<Measure extends string> {
  readonly first: string
  readonly other: string
  readonly comparison: ScoreComparison<Measure>
  readonly labelOf: (measure: Measure) => string
  /** Of numbers from 0 to 1 more of them mean something. */
  readonly digitsOf?: (measure: Measure) => number
}

/** Two runs measure by measure, over the cases that both have. */
export function comparisonTable<Measure extends string>({
  first,
  other,
  comparison: { measures, wins, ties, losses, cases },
  labelOf,
  digitsOf = () => 2,
}: Compared<Measure>): Html {
  return html`<h3>“${other}” against “${first}”, case by case</h3>
<p class="note">${cases.length} in common: ${wins} won, ${ties} tied, ${losses} lost.</p>
${table<(typeof measures)[number]>(
  [
    { title: '', cell: ({ measure }) => labelOf(measure) },
    { title: first, isNumber: true, cell: (one) => one.first.toFixed(digitsOf(one.measure)) },
    { title: other, isNumber: true, cell: (one) => one.other.toFixed(digitsOf(one.measure)) },
    { title: 'Ahead by', isNumber: true, cell: (one) => withInterval(one.difference, digitsOf(one.measure)) },
    { title: '', cell: ({ isClear }) => (isClear ? 'clear' : 'may be chance: the interval holds nought') },
  ],
  measures,
)}`
}
