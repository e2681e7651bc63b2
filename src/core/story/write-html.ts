import type { Layer, Segment } from '#core/her/segment.ts'
import { type Html, html } from '#lib/html.ts'
import { direction, language, t } from '#lib/translate.ts'
import { pageStyle, pageStyleHash } from './page-style.ts'
import { type LayerChoice, type Story, type ToldTurn, tellPath, titleOf } from './story.ts'

/** Nothing is loaded and nothing runs: a page that is all text, and pictures that are in it. */
const policy = `default-src 'none'; style-src 'sha256-${pageStyleHash}'; img-src data:; base-uri 'none'; form-action 'none'`

/** A picture within an address. SVG is left out: it can hold more than a picture. */
const picture = /^data:image\/(?:png|jpeg|webp|gif|avif);base64,[A-Za-z0-9+/]+={0,2}$/

const labels: Readonly<Record<Layer, string>> = {
  system_thinking: t('Planning'),
  role_thinking: t('Inner thought'),
  role_action: t('Action'),
  speech: t('Speech'),
}

/**
 * The path that is read now as one HTML page that stands by itself, for a browser or for print. No script, nothing from the
 * network, every text escaped; what labels it is in the language of the interface.
 * @param portrait a `data:` address of a raster picture; anything else is left out.
 */
export function writeHtml(story: Story, layers: LayerChoice, portrait?: string): string {
  const articles = tellPath(story, layers).map(
    ({ name, segments }) => html`<article>
${writeName(name)}
${segments.map(writeSegment)}</article>
`,
  )
  return writePage(titleOf(story), '', portrait, articles)
}

/**
 * The path that is read now as a book in two columns for print: what could be seen and heard on the left, on the right what
 * was thought (and, if chosen, planned), beside what came right after it.
 */
export function writeBook(story: Story, layers: LayerChoice, portrait?: string): string {
  const heads = html`<div class="row heads"><h2>${t('The scene')}</h2><h2>${t('The diary')}</h2></div>
`
  return writePage(titleOf(story), 'book', portrait, [heads, ...tellPath(story, layers).map(writeSpread)])
}

/** A page that stands by itself, around what it holds. */
export function writePage(
  title: string,
  kind: '' | 'book' | 'script',
  portrait: string | undefined,
  body: readonly Html[],
): string {
  const image = portrait !== undefined && picture.test(portrait) ? html`<img src="${portrait}" alt="">\n` : html``
  const page = html`<!doctype html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${pageStyle}</style>
</head>
<body class="${kind}">
<main>
<h1 lang="" dir="auto">${title}</h1>
${image}${body}</main>
</body>
</html>
`
  return page.toString()
}

/** What the story says is in a language of its own, which nobody tells us, and goes as its letters do. */
export function writeName(name: string): Html {
  return html`<h2 lang="" dir="auto">${name}</h2>`
}

function writeSegment({ layer, text }: Segment): Html {
  return html`<p class="${layer}" lang="" dir="auto" title="${labels[layer]}">${text.trim()}</p>
`
}

interface Row {
  readonly scene: Segment[]
  readonly diary: Segment[]
}

function writeSpread({ name, segments }: ToldTurn): Html {
  const rows: Row[] = []
  for (const segment of segments) {
    const isSeen = segment.layer === 'role_action' || segment.layer === 'speech'
    const last = rows.at(-1)
    const row = last && (isSeen || last.scene.length === 0) ? last : { scene: [], diary: [] }
    if (row !== last) rows.push(row)
    ;(isSeen ? row.scene : row.diary).push(segment)
  }
  return html`<article>
${writeName(name)}
${rows.map(
  ({ scene, diary }) => html`<div class="row"><div>
${scene.map(writeSegment)}</div><div class="diary">
${diary.map(writeSegment)}</div></div>
`,
)}</article>
`
}
