import type { CardDocument } from '../card.ts'
import type { CardPath, TextRange } from '../lint/advice.ts'
import { cardTexts, type TextKind } from '../lint/card-texts.ts'
import { readSentences } from './sentences.ts'

/** One sentence of a card that a plan may rest on. */
export interface CardLine {
  readonly path: CardPath
  readonly range: TextRange
  readonly text: string
}

/** What says who a character is, and not how a reply is to look. */
const kinds: readonly TextKind[] = ['description', 'personality', 'scenario', 'motivation', 'relationship', 'lore']

/** The lines of a card, in the order of its fields. */
export function cardLines(document: CardDocument): readonly CardLine[] {
  return cardTexts(document)
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ path, text }) =>
      readSentences(text).map((range) => ({ path, range, text: text.slice(range.start, range.end) })),
    )
}
