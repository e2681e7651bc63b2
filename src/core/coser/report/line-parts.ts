import { parseReply } from '#core/her/parse.ts'
import type { Layer } from '#core/her/segment.ts'
import type { PlayedLine } from '../acting.ts'

export interface LinePart {
  readonly layer: Layer
  readonly text: string
}

/** A line of a play in its layers, without the speaker's name: in HER's tags, else in CoSER's brackets. */
export function lineParts({ speaker, text }: Pick<PlayedLine, 'speaker' | 'text'>): LinePart[] {
  const dialect = /<\s*\/?\s*(?:system|role|think)/i.test(text) ? 'her' : 'coser'
  return parseReply(text, { dialect, speaker }).segments.filter((part) => part.text.trim() !== '')
}
