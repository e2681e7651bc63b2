import { type Html, html } from '#lib/html.ts'
import type { Interval } from '../bootstrap.ts'

/** Some bars side by side, one of each run, under one label. */
export interface BarGroup {
  readonly label: string
  readonly bars: readonly (Interval | undefined)[]
}

const width = 720
const height = 260
const left = 36
const bottom = 28
const top = 12

/** Means as bars from 0 to `most`, with their intervals. */
export function barPlot(groups: readonly BarGroup[], most = 100): Html {
  const groupWidth = (width - left) / Math.max(1, groups.length)
  const count = Math.max(1, ...groups.map(({ bars }) => bars.length))
  const barWidth = Math.min(44, (groupWidth * 0.8) / count)
  const y = (value: number) => top + (height - top - bottom) * (1 - Math.max(0, Math.min(value, most)) / most)
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Means with 95 % intervals">
${grid(y, most)}
${groups.map(({ label, bars }, group) => {
  const middle = left + groupWidth * (group + 0.5)
  const start = middle - (barWidth * bars.length) / 2
  return html`<g>${bars.map((bar, index) => {
    if (!bar) return undefined
    const x = start + barWidth * index
    const centre = round(x + barWidth / 2)
    return html`<rect class="run${index % 6}" x="${round(x + 2)}" y="${round(y(bar.mean))}" width="${round(barWidth - 4)}" height="${round(y(0) - y(bar.mean))}" rx="2"><title>${label}: ${bar.mean.toFixed(2)} (${bar.low.toFixed(2)} to ${bar.high.toFixed(2)})</title></rect><path class="whisker" d="M${centre} ${round(y(bar.low))}V${round(y(bar.high))}M${centre - 5} ${round(y(bar.low))}h10M${centre - 5} ${round(y(bar.high))}h10"/>`
  })}<text x="${round(middle)}" y="${height - 8}" text-anchor="middle">${label}</text></g>`
})}
</svg>`
}

/** The scores of each run case by case; `series` have the same places, undefined where a run has none there. */
export function casePlot(series: readonly (readonly (number | undefined)[])[], labels: readonly string[]): Html {
  const step = (width - left - 12) / Math.max(1, labels.length)
  const y = (value: number) => top + (height - top - bottom) * (1 - value / 100)
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Score by case">
${grid(y, 100)}
${series.map((scores, run) =>
  scores.map((score, index) =>
    score === undefined
      ? undefined
      : html`<circle class="run${run % 6}" cx="${round(left + step * (index + 0.5))}" cy="${round(y(score))}" r="4"><title>${labels[index]}: ${score.toFixed(2)}</title></circle>`,
  ),
)}
<text x="${width / 2}" y="${height - 8}" text-anchor="middle">${labels.length} cases, the first run’s best first</text>
</svg>`
}

function grid(y: (value: number) => number, most: number): Html[] {
  return [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const value = share * most
    return html`<path class="grid" d="M${left} ${round(y(value))}H${width}"/><text x="${left - 6}" y="${round(y(value) + 4)}" text-anchor="end">${value}</text>`
  })
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
