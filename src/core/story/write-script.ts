import { type Html, html } from '#lib/html.ts'
import { t } from '#lib/translate.ts'
import { type Script, type ScriptPart, type ScriptTurn, scriptOf } from './script.ts'
import type { LayerChoice, Story } from './story.ts'
import { writeName, writePage } from './write-html.ts'
import { escapeMarkdown } from './write-markdown.ts'

/** The path that is read now as the script of a play: one page that stands by itself, for a browser or for print. */
export function writeScript(story: Story, layers: LayerChoice): string {
  const { title, persons, turns } = scriptOf(story, layers)
  const list = html`<ul class="persons" aria-label="${t('Persons')}">
${persons.map((name) => html`<li lang="" dir="auto">${name}</li>\n`)}</ul>
`
  return writePage(title, 'script', undefined, [list, ...turns.map(writeTurn)])
}

function writeTurn({ name, parts }: ScriptTurn): Html {
  const body = parts.map(writePart)
  return name === undefined
    ? html`<article class="told">
${body}</article>
`
    : html`<article>
${writeName(name)}
<div>
${body}</div></article>
`
}

function writePart(part: ScriptPart): Html {
  return html`<p class="${part.kind}" lang="" dir="auto">${bracketed(part)}</p>
`
}

/** As Markdown: names in bold capitals, directions in italics, every text escaped. */
export function writeScriptMarkdown(story: Story, layers: LayerChoice): string {
  const { title, persons, turns } = scriptOf(story, layers)
  const blocks = [`# ${escapeMarkdown(title)}`, persons.map((name) => `- ${escapeMarkdown(name)}`).join('\n')]
  for (const { name, parts } of turns) {
    if (name !== undefined) blocks.push(`**${escapeMarkdown(name.toUpperCase())}**`)
    for (const part of parts) blocks.push(...paragraphs(bracketed(part)).map((text) => markdownOf(part, text)))
  }
  return `${blocks.join('\n\n')}\n`
}

function markdownOf({ kind }: ScriptPart, text: string): string {
  const escaped = escapeMarkdown(text)
  return kind === 'line' ? escaped : kind === 'note' ? `> ${escaped}` : `*${escaped}*`
}

/** As plain text: a name in capitals, directions indented below it, a blank line between turns. */
export function writeScriptText(story: Story, layers: LayerChoice): string {
  const script: Script = scriptOf(story, layers)
  const head = [script.title.toUpperCase(), '', ...script.persons.map((name) => `  ${name}`)].join('\n')
  const turns = script.turns.map(({ name, parts }) =>
    [...(name === undefined ? [] : [name.toUpperCase()]), ...parts.map(textOf)].join('\n'),
  )
  return `${[head, ...turns].join('\n\n')}\n`
}

function textOf(part: ScriptPart): string {
  const indent = part.kind === 'line' ? '' : '    '
  return paragraphs(bracketed(part))
    .map((text) => indent + text)
    .join('\n')
}

/** What is not said stands in brackets, as a script has it. */
function bracketed({ kind, text }: ScriptPart): string {
  switch (kind) {
    case 'line':
      return text
    case 'direction':
      return `(${text})`
    case 'aside':
      return t('(Aside: {text})', { text })
    case 'note':
      return t('[Planning: {text}]', { text })
  }
}

function paragraphs(text: string): string[] {
  return text
    .split('\n')
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
}
