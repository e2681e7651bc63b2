import type { Steps } from '#lib/linear-regex/linear-regex.ts'
import type { FoundIn } from './explain.ts'
import type { Key } from './keys.ts'

/** A text that is searched for keys. */
export interface Piece {
  readonly in: FoundIn
  readonly text: string
  /** The text in lower case. */
  readonly lower: string
}

/** How patterns share their time: steps of the matcher, of which a machine takes some 20 to 30 million a second. */
export const patternSteps = { perKey: 1_000_000, perScan: 5_000_000 } as const

export function createPiece(text: string, place: FoundIn): Piece {
  return { in: place, text, lower: text.toLowerCase() }
}

/** Whether a key is in a piece; nothing when time ran out. */
export function isIn(key: Key, piece: Piece, steps: Steps): boolean | undefined {
  switch (key.kind) {
    case 'text': {
      const text = key.isLower ? piece.lower : piece.text
      return key.isWord ? holdsWord(text, key.text) : text.includes(key.text)
    }
    case 'pattern': {
      const own = { left: Math.min(steps.left, patternSteps.perKey) }
      const given = own.left
      const answer = key.regex.matches(piece.text, own)
      steps.left -= given - Math.max(0, own.left)
      return answer
    }
    case 'broken':
      return false
  }
}

const letter = /[\p{L}\p{N}_]/u

function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!letter.test(text[at - 1] ?? '') && !letter.test(text[at + word.length] ?? '')) return true
  }
  return false
}
