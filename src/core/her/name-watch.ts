import type { NameTree } from './names.ts'
import { isSpace } from './space.ts'

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
  #node: NameTree | undefined
  #held: { readonly piece: string; readonly at: number }[] = []

  constructor(host: NameWatchHost, own: NameTree, others: NameTree) {
    this.#host = host
    this.#own = own
    this.#others = others
  }

  /** A new run of speech begins. `isFront`: nothing visible stands before it. */
  begin(isFront: boolean): void {
    this.#place = isFront ? 'front' : 'words'
    this.#node = undefined
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
    while (index < length) {
      if (node) {
        node = node.next.get(piece.charCodeAt(index))
        if (!node) {
          this.#node = undefined
          this.#place = 'words'
          if (this.#held.length > 0) this.#letThrough()
        } else if (node.ends) {
          index++
          this.#node = node = undefined
          if (nameFrom > from) this.#host.addSpeech(piece.slice(from, nameFrom), at + from)
          from = index
          if (this.#takeName(at + nameFrom, at + index)) return
        } else {
          index++
        }
      } else if (this.#place === 'words') {
        const lineBreak = this.#others.next.size > 0 ? piece.indexOf('\n', index) : -1
        index = lineBreak < 0 ? length : lineBreak + 1
        if (lineBreak >= 0) this.#place = 'line'
      } else if (isSpace(piece.charCodeAt(index))) {
        index++
      } else {
        const tree = this.#place === 'front' ? this.#own : this.#others
        if (tree.next.has(piece.charCodeAt(index))) {
          node = tree
          nameFrom = index
        } else {
          this.#place = 'words'
        }
      }
    }
    this.#node = node
    const end = node ? nameFrom : length
    if (end > from) this.#host.addSpeech(piece.slice(from, end), at + from)
    if (node) this.#held.push({ piece: piece.slice(end), at: at + end })
  }

  /** What is held is not a name after all. */
  release(): void {
    if (this.#node === undefined) return
    this.#node = undefined
    this.#place = 'words'
    this.#letThrough()
  }

  #letThrough(): void {
    const held = this.#held
    this.#held = []
    for (const { piece, at } of held) this.#host.addSpeech(piece, at)
  }

  /** A whole name ends here; its last part is from `at` to `end`. True when it ended the turn. */
  #takeName(at: number, end: number): boolean {
    const held = this.#held
    if (held.length > 0) this.#held = []
    if (this.#place === 'line') {
      this.#host.cutAt(held[0]?.at ?? at)
      return true
    }
    for (const part of held) this.#host.dropName(part.at, part.at + part.piece.length)
    this.#host.dropName(at, end)
    return false
  }
}
