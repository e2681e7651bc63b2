import type { Segment } from '#core/her/segment.ts'
import { t } from '#lib/translate.ts'
import { type LayerChoice, type Story, tellPath, titleOf } from './story.ts'

/**
 * The path that is read now as Markdown: a heading for the story, a bold name for each turn, actions in italics, thoughts
 * and planning as quotes. All text is escaped: it reads as it is written, and no renderer takes it for markup.
 */
export function writeMarkdown(story: Story, layers: LayerChoice): string {
  const blocks = [`# ${escapeMarkdown(titleOf(story))}`]
  for (const { name, segments } of tellPath(story, layers)) {
    blocks.push(`**${escapeMarkdown(name)}**`, ...writeBlocks(segments))
  }
  return `${blocks.join('\n\n')}\n`
}

/** Actions and speech run on in one paragraph, as they were said and done; a thought stands apart from it. */
function writeBlocks(segments: readonly Segment[]): string[] {
  const blocks: string[] = []
  let runsOn = false
  for (const { layer, text } of segments) {
    const isVisible = layer === 'role_action' || layer === 'speech'
    const mark = layer === 'speech' || layer === 'system_thinking' ? '' : '*'
    const label = layer === 'system_thinking' ? `**${t('Planning.')}** ` : ''
    const paragraphs = text
      .split('\n')
      .map((paragraph) => paragraph.trim())
      .filter((paragraph) => paragraph !== '')
      .map((paragraph) => mark + escapeMarkdown(paragraph) + mark)
    if (!isVisible) blocks.push(`> ${label}${paragraphs.join('\n>\n> ')}`)
    else {
      const last = runsOn ? blocks.pop() : undefined
      const [first = '', ...rest] = paragraphs
      blocks.push(last === undefined ? first : `${last} ${first}`, ...rest)
    }
    runsOn = isVisible
  }
  return blocks
}

const control = /[\p{Cc}\u2028\u2029]/gu
const marks = /[\\`*_[\]<>&~|$^:!]/g
/** What makes a list, a heading or a rule at the beginning of a line. */
const lineStart = /^(\d{0,9})([#+=.)-])/

/** One line of text for Markdown. */
export function escapeMarkdown(text: string): string {
  return text.replace(control, ' ').trim().replace(marks, '\\$&').replace(lineStart, '$1\\$2')
}
