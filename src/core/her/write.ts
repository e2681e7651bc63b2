import type { Segment } from './segment.ts'
import { endsInPartial } from './tag-automaton.ts'
import { closingTag, openingTag } from './tags.ts'

/**
 * Writes segments in HER's wire form, as its training text has them: no blanks between parts. Reading it again as `her`,
 * with the same names, gives the same segments; of segments from another dialect that holds but for speech that reads
 * like planning before the first thought, which only HER text is searched for, and special tokens a person typed. Neighbouring runs of speech, left over where a thought
 * between them was taken out, are joined by a blank. Empty segments are left out, but for a last one whose tag is still
 * open. Text is taken as it is: tags in it are not escaped, the format has no way to.
 */
export function writeReply(segments: readonly Segment[]): string {
  let written = ''
  let spoken: string | undefined
  for (const [index, { layer, text, closed }] of segments.entries()) {
    const isOpen = !closed && index === segments.length - 1 && layer !== 'speech'
    if (text === '' && !isOpen) continue
    if (layer === 'speech') {
      if (spoken !== undefined)
        written += endsInPartial(spoken) ? openingTag('role_action') + closingTag('role_action') : ' '
      written += text
      spoken = text
    } else {
      written += openingTag(layer) + text + (isOpen ? '' : closingTag(layer))
      spoken = undefined
    }
  }
  return written
}
