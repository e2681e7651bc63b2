import { type Html, html } from '#lib/html.ts'

const style = html`
:root{color-scheme:light dark;--ink:#211d18;--soft:#6b6258;--line:#ddd5c8;--paper:#fbf8f2;--sunken:#f2ece1;--flaw:#9c2f1f}
@media(prefers-color-scheme:dark){:root{--ink:#ece6da;--soft:#a89f91;--line:#3a352d;--paper:#1b1814;--sunken:#25211b;--flaw:#f0937f}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 Georgia,serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1rem 4rem}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem}
p.note,.soft,figcaption,summary span{color:var(--soft)}.note{font-size:.9rem}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums;width:100%}
th,td{padding:.35rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}td.number,th.number{text-align:right;white-space:nowrap}
figure{margin:1rem 0}svg{width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:var(--soft)}.grid{stroke:var(--line);fill:none}.whisker{stroke:var(--ink);stroke-width:1.5;fill:none}
.run0{fill:#4a6fa5}.run1{fill:#c07b3a}.run2{fill:#5d8a5a}.run3{fill:#8a5a83}.run4{fill:#b0504a}.run5{fill:#6b8fa0}
.key{display:inline-block;width:.8rem;height:.8rem;border-radius:2px;margin-inline-end:.4rem}.key.run0{background:#4a6fa5}.key.run1{background:#c07b3a}.key.run2{background:#5d8a5a}.key.run3{background:#8a5a83}.key.run4{background:#b0504a}.key.run5{background:#6b8fa0}
details{border-bottom:1px solid var(--line);padding:.4rem 0}summary{cursor:pointer}ol{padding-inline-start:2rem}li{margin:.5rem 0}.line{white-space:pre-wrap;overflow-wrap:anywhere}
.flaw{border-inline-start:3px solid var(--flaw);background:var(--sunken);padding:.3rem .6rem;margin:.3rem 0;font-size:.9rem}.flaw b{color:var(--flaw)}`

/** A page that needs nothing else: no scripts, nothing from elsewhere, and a browser that would refuse both. */
export function reportPage(title: string, body: readonly Html[]): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`
  return page.toString()
}

export interface Column<Row> {
  readonly title: string | Html
  readonly isNumber?: boolean
  readonly cell: (row: Row, index: number) => string | number | Html | undefined
}

export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  const kind = ({ isNumber }: Column<Row>) => (isNumber ? 'number' : 'words')
  return html`<div class="wide"><table>
<thead><tr>${columns.map((column) => html`<th class="${kind(column)}">${column.title}</th>`)}</tr></thead>
<tbody>
${rows.map((row, index) => html`<tr>${columns.map((column) => html`<td class="${kind(column)}">${column.cell(row, index)}</td>`)}</tr>\n`)}
</tbody>
</table></div>`
}

/** `62.42 [58.10, 66.03]`, or a dash. */
export function withInterval(
  value: { readonly mean: number; readonly low: number; readonly high: number } | undefined,
  digits = 2,
): string {
  if (!value) return '–'
  return `${value.mean.toFixed(digits)} [${value.low.toFixed(digits)}, ${value.high.toFixed(digits)}]`
}
