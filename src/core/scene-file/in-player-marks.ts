import { parseReply } from '#core/her/parse.ts'
import type { Layer, Segment } from '#core/her/segment.ts'
import type { SceneLine } from './kept-scene.ts'

/** The marks people type around what is done and what is thought. */
const marks: Readonly<Partial<Record<Layer, readonly [string, string]>>> = {
  role_action: ['*', '*'],
  role_thinking: ['[', ']'],
}

/**
 * A line in HER's tags in the marks that people type, for whoever edits it by hand. Where it would read as something
 * else (it is planned, or its words have such marks in them) it stays as it is.
 */
export function inPlayerMarks(line: SceneLine): SceneLine {
  if (line.dialect !== 'her') return line
  const { segments } = parseReply(line.raw)
  const raw = segments
    .map(({ layer, text }) => {
      const [open = '', close = ''] = marks[layer] ?? []
      return open + text.trim() + close
    })
    .join(' ')
  const again = parseReply(raw, { dialect: 'player' }).segments
  return saidBy(again) === saidBy(segments) ? { ...line, raw, dialect: 'player' } : line
}

function saidBy(segments: readonly Segment[]): string {
  return JSON.stringify(segments.map(({ layer, text }) => [layer, text.trim()]))
}
