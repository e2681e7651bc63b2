import type { Segment } from '#core/her/segment.ts'
import { t } from '#lib/translate.ts'
import { type LayerChoice, type Story, tellPath, titleOf } from './story.ts'

/** The path that is read now as plain text: `Name: *acts* says [thinks]`, a blank line between turns. */
export function writeText(story: Story, layers: LayerChoice): string {
  const turns = tellPath(story, layers).map(({ name, segments }) => `${name}: ${segments.map(writePart).join(' ')}`)
  return `${[titleOf(story), ...turns].join('\n\n')}\n`
}

function writePart({ layer, text }: Segment): string {
  switch (layer) {
    case 'system_thinking':
      return `${t('[Planning: {text}]', { text: text.trim() })}\n`
    case 'role_thinking':
      return `[${text.trim()}]`
    case 'role_action':
      return `*${text.trim()}*`
    case 'speech':
      return text.trim()
  }
}
