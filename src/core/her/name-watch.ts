import { type NameTree, nameEnd, nameStart } from './names.ts'
import { isSpace as isSpaceCode } from './space.ts'

// Names of this file for what is mentioned once per character: see the scanner.
const isSpace = isSpaceCode
const firstNode: number = nameStart
const wholeName: number = nameEnd

const lineBreak = 0x0a

/** What a name watch does with the speech it lets through. */
export interface NameWatchHost {
  addSpeech(piece: string, at: number): void
  /** A stretch of the speaker's own `Name:`, which is no part of the text. */
  dropName(at: number, end: number): void
  /** Somebody else's `Name:` begins here: the turn is over. */
  cutAt(at: number): void
}

/**
 * Watches one run of speech for names: the speaker's own before the first visible word, others' at the start of a
 * line after it. Holds back what may still become one of them. Works on what is said, not on the raw text: a mark that
 * is left out in the middle of a name does not hide it.
 */
export class NameWatch {
  readonly #host: NameWatchHost
  readonly #own: NameTree
  readonly #others: NameTree
  /** `front`: nothing visible yet; `line`: only blanks since the last line break; `words`: in the middle of a line. */
  #place: 'front' | 'line' | 'words' = 'front'
  /** How far a might-be name has come, 0 for none. */
  #node = 0
  #held: { readonly piece: string; readonly at: number }[] = []

  constructor(host: NameWatchHost, own: NameTree, others: NameTree) {
    this.#host = host
    this.#own = own
    this.#others = others
  }

  /** A new run of speech begins. `isFront`: nothing visible stands before it. */
  begin(isFront: boolean): void {
    this.#place = isFront ? 'front' : 'words'
    this.#node = 0
    if (this.#held.length > 0) this.#held = []
  }

  feed(piece: string, at: number): void {
    const { length } = piece
    /** Everything before it was let through or held. */
    let from = 0
    /** Where a might-be name begins; 0 also when it began in an earlier piece. */
    let nameFrom = 0
    let index = 0
    let node = this.#node
    let place = this.#place
    let tree = place === 'front' ? this.#own : this.#others
    while (index < length) {
      if (node !== 0) {
        node = tree.step(node, piece.charCodeAt(index))
        if (node === 0) {
          place = 'words'
          tree = this.#others
          if (this.#held.length > 0) this.#letThrough()
          continue
        }
        index++
        if (node !== wholeName) continue
        node = 0
        this.#node = 0
        if (nameFrom > from) this.#host.addSpeech(piece.slice(from, nameFrom), at + from)
        from = index
        if (this.#takeName(place, at + nameFrom, at + index)) return
      } else if (place === 'words') {
        if (this.#others.isEmpty) break
        while (index < length && piece.charCodeAt(index) !== lineBreak) index++
        if (index < length) place = 'line'
      } else {
        while (index < length && isSpace(piece.charCodeAt(index))) index++
        if (place === 'front') from = index
        if (index === length) break
        node = tree.step(firstNode, piece.charCodeAt(index))
        if (node !== 0) nameFrom = index++
        else {
          place = 'words'
          tree = this.#others
        }
      }
    }
    this.#node = node
    this.#place = place
    const end = node === 0 ? length : nameFrom
    if (end > from) this.#host.addSpeech(piece.slice(from, end), at + from)
    if (node !== 0) this.#held.push({ piece: piece.slice(end), at: at + end })
  }

  /** What is held is not a name after all. */
  release(): void {
    if (this.#node === 0) return
    this.#node = 0
    this.#place = 'words'
    this.#letThrough()
  }

  #letThrough(): void {
    const held = this.#held
    this.#held = []
    for (const { piece, at } of held) this.#host.addSpeech(piece, at)
  }

  /** A whole name ends here; its last part is from `at` to `end`. True when it ended the turn. */
  #takeName(place: 'front' | 'line' | 'words', at: number, end: number): boolean {
    const held = this.#held
    if (held.length > 0) this.#held = []
    if (place === 'line') {
      this.#host.cutAt(held[0]?.at ?? at)
      return true
    }
    for (const part of held) this.#host.dropName(part.at, part.at + part.piece.length)
    this.#host.dropName(at, end)
    return false
  }
}
