import { diffArrays } from 'diff'
import { splitWords } from './words.ts'

/** A stretch of text that both have, that only the left one has, or that only the right one has. */
export interface DiffPiece {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/**
 * Words that may differ before two texts count as altogether different: the time grows with the square of it, and no
 * reader makes sense of so many changes.
 */
const mostEdits = 1500

/**
 * What became of `left` in `right`, word by word. Same and removed pieces joined are `left`, same and added ones
 * `right`; where words were replaced, the removed piece stands before the added one. No piece is empty, and no two
 * neighbours are of one kind.
 */
export function diffWords(left: string, right: string): DiffPiece[] {
  if (left === right) return joinPieces([{ kind: 'same', text: left }])
  const leftWords = splitWords(left)
  const rightWords = splitWords(right)
  const start = commonStart(leftWords, rightWords)
  const end = commonEnd(leftWords, rightWords, start)
  const before = leftWords.slice(0, start).join('')
  const after = leftWords.slice(leftWords.length - end).join('')
  const leftMiddle = leftWords.slice(start, leftWords.length - end)
  const rightMiddle = rightWords.slice(start, rightWords.length - end)
  return joinPieces([
    { kind: 'same', text: before },
    ...diffMiddle(leftMiddle, rightMiddle),
    { kind: 'same', text: after },
  ])
}

function diffMiddle(left: string[], right: string[]): DiffPiece[] {
  const changes = diffArrays(left, right, { maxEditLength: mostEdits })
  if (!changes) {
    return [
      { kind: 'removed', text: left.join('') },
      { kind: 'added', text: right.join('') },
    ]
  }
  return changes.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }))
}

function commonStart(left: readonly string[], right: readonly string[]): number {
  let count = 0
  while (count < left.length && count < right.length && left[count] === right[count]) count++
  return count
}

function commonEnd(left: readonly string[], right: readonly string[], start: number): number {
  const most = Math.min(left.length, right.length) - start
  let count = 0
  while (count < most && left[left.length - 1 - count] === right[right.length - 1 - count]) count++
  return count
}

/**
 * Puts neighbouring changes together: blanks that two changes have between them are part of the change, or a rewritten
 * sentence would read as a mosaic of words.
 */
function joinPieces(pieces: readonly DiffPiece[]): DiffPiece[] {
  const joined: DiffPiece[] = []
  let removed = ''
  let added = ''
  const flush = () => {
    if (removed !== '') joined.push({ kind: 'removed', text: removed })
    if (added !== '') joined.push({ kind: 'added', text: added })
    removed = ''
    added = ''
  }
  const filled = pieces.filter(({ text }) => text !== '')
  for (const [index, { kind, text }] of filled.entries()) {
    const isBetween = (removed !== '' || added !== '') && index < filled.length - 1
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else if (isBetween && filled[index + 1]?.kind !== 'same' && text.trim() === '') {
      removed += text
      added += text
    } else {
      flush()
      const last = joined.at(-1)
      if (last?.kind === 'same') joined[joined.length - 1] = { kind, text: last.text + text }
      else joined.push({ kind, text })
    }
  }
  flush()
  return joined
}
