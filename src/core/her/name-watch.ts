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
    let from = 0
    let index = 0
    while (index < piece.length) {
      if (this.#node) {
        const end = this.#match(piece, index)
        if (end === undefined) {
          this.#held.push({ piece: piece.slice(from), at: at + from })
          return
        }
        if (this.#node === undefined) {
          this.#place = 'words'
          this.release()
          index = end
          continue
        }
        this.#node = undefined
        this.#held.push({ piece: piece.slice(from, end), at: at + from })
        from = end
        index = end
        if (this.#takeName()) return
      } else if (this.#place === 'words') {
        const lineBreak = this.#others.next.size > 0 ? piece.indexOf('\n', index) : -1
        index = lineBreak < 0 ? piece.length : lineBreak + 1
        if (lineBreak >= 0) this.#place = 'line'
      } else {
        while (index < piece.length && isSpace(piece.charCodeAt(index))) index++
        if (index === piece.length) break
        const tree = this.#place === 'front' ? this.#own : this.#others
        const isCandidate = tree.next.has(piece.charCodeAt(index))
        if (isCandidate) {
          if (index > from) this.#host.addSpeech(piece.slice(from, index), at + from)
          from = index
          this.#node = tree
        } else {
          this.#place = 'words'
        }
      }
    }
    if (from < piece.length) this.#host.addSpeech(piece.slice(from), at + from)
  }

  /** What is held is not a name after all. */
  release(): void {
    if (this.#node === undefined && this.#held.length === 0) return
    const held = this.#held
    this.#held = []
    this.#node = undefined
    this.#place = 'words'
    for (const { piece, at } of held) this.#host.addSpeech(piece, at)
  }

  /**
   * Goes on with a name from `index`. Undefined: the piece ended first. Otherwise where it stopped: behind a whole name
   * (the node is kept), or at a character that does not belong to one (the node is gone).
   */
  #match(piece: string, from: number): number | undefined {
    let node = this.#node
    for (let index = from; index < piece.length; index++) {
      node = node?.next.get(piece.charCodeAt(index))
      this.#node = node
      if (!node) return index
      if (node.ends) return index + 1
    }
    return undefined
  }

  /** A whole name is held. True when it ended the turn. */
  #takeName(): boolean {
    const held = this.#held
    this.#held = []
    const first = held[0]
    if (this.#place === 'line') {
      if (first) this.#host.cutAt(first.at)
      return true
    }
    for (const { piece, at } of held) this.#host.dropName(at, at + piece.length)
    return false
  }
}
