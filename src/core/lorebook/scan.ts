import type { Steps } from '#lib/linear-regex/linear-regex.ts'
import type { FoundIn } from './explain.ts'
import type { Key } from './keys.ts'

/** A text that is searched for keys. */
export interface Piece {
  readonly text: string
  /** The text in lower case. */
  readonly lower: string
  /** Marks each three neighbours of `lower`: most keys are not there, and few looks tell. */
  readonly triples: Uint8Array
  /** Where a key was found that is in this text. */
  place(key: Key, steps: Steps): FoundIn
}

/**
 * How patterns share their time: steps of the matcher, of which a machine takes some 20 to 30 million a second.
 * `perPlace` is for telling in which message a pattern is that was found, and is nobody else's.
 */
export const patternSteps = { perKey: 1_000_000, perScan: 5_000_000, perPlace: 100_000 } as const

export function createPiece(text: string, place: FoundIn | Piece['place']): Piece {
  return pieceOf(text, typeof place === 'function' ? place : () => place)
}

/** What several entries say, as one text. */
export function joinPieces(pieces: readonly Piece[]): Piece {
  const [first] = pieces
  if (pieces.length === 1 && first) return first
  return pieceOf(pieces.map(({ text }) => text).join('\n\u0001'), (key, steps) => {
    const piece = pieces.find((each) => isIn(key, each, steps)) ?? first
    return piece ? piece.place(key, steps) : { kind: 'story' }
  })
}

function pieceOf(text: string, place: Piece['place']): Piece {
  const lower = text.toLowerCase()
  return { text, lower, triples: markTriples(lower), place }
}

const tripleMask = 0x3ffff

function tripleAt(text: string, at: number): number {
  const mixed = Math.imul(text.charCodeAt(at), 0x9e3779b1) ^ Math.imul(text.charCodeAt(at + 1), 0x85ebca6b)
  return ((mixed ^ Math.imul(text.charCodeAt(at + 2), 0xc2b2ae35)) >>> 12) & tripleMask
}

/** Short texts are searched as fast as they would be marked. */
function markTriples(text: string): Uint8Array {
  if (text.length < 500) return new Uint8Array(0)
  const marks = new Uint8Array(tripleMask + 1)
  for (let at = 0; at + 2 < text.length; at++) marks[tripleAt(text, at)] = 1
  return marks
}

function mayHold({ triples }: Piece, text: string): boolean {
  if (triples.length === 0) return true
  for (let at = 0; at + 2 < text.length; at++) if (triples[tripleAt(text, at)] === 0) return false
  return true
}

/** Whether a key is in a piece; nothing when time ran out. */
export function isIn(key: Key, piece: Piece, steps: Steps): boolean | undefined {
  return key.kind === 'text' && key.isLower && !mayHold(piece, key.text) ? false : holds(key, piece, steps)
}

/** A text that is looked through once, and needs no marks. */
export type PlainText = Pick<Piece, 'text' | 'lower'>

/** Like `isIn`, for a text that was not made ready. */
export function holds(key: Key, { text, lower }: PlainText, steps: Steps): boolean | undefined {
  switch (key.kind) {
    case 'text': {
      const searched = key.isLower ? lower : text
      return key.isWord ? holdsWord(searched, key.text) : searched.includes(key.text)
    }
    case 'pattern': {
      const own = { left: Math.min(steps.left, patternSteps.perKey) }
      const given = own.left
      const answer = key.regex.matches(text, own)
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
