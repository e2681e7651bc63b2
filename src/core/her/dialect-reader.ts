import { exhaustive } from '#lib/exhaustive.ts'
import type { Dialect } from './segment.ts'
import { isSpace } from './space.ts'
import { advance, firstRecognised, inText } from './tag-automaton.ts'

/** The layers a bracket or an asterisk can open. */
export type MarkedLayer = 'role_thinking' | 'role_action'

/** What a dialect reader does with what it reads. */
export interface DialectHost {
  /** Set when the reply is over. */
  readonly ended: boolean
  addText(piece: string, at: number): void
  openMarked(layer: MarkedLayer, at: number, end: number): void
  closeMarked(at: number, end: number): void
}

const asterisk = 0x2a
const newline = 0x0a
const opening = { thought: 0x5b, action: 0x28 }
const closingOf: Readonly<Record<number, number>> = { 91: 0x5d, 40: 0x29 }

/**
 * Reads the marks of the dialects that are not HER's, one character at a time, from text that HER's own tags were
 * already taken out of.
 *
 * - Brackets (`coser`, `player`): `[thought]`, `(action)`. Brackets of the same kind nest. `:(` is a face. A bracket that
 *   is never closed runs to the end: what may be private stays private.
 * - Asterisks (`markdown`, `player`): `*action*`. It opens before a character that is not blank, after one that is no
 *   letter or digit, outside double quotes (there it is emphasis). Two or more in a row are text. A blank line ends it.
 *
 * No mark opens right behind something that could become a tag: leaving the mark out would glue a tag together.
 */
export class DialectReader {
  readonly #host: DialectHost
  readonly #hasBrackets: boolean
  readonly #hasAsterisks: boolean
  /** The mark that is open, 0 for none, and how deep its brackets nest. */
  #mark = 0
  #depth = 0
  /** The last two characters. */
  #before = 0
  #beforeThat = 0
  #isQuoted = false
  /** A line break, then only blanks. */
  #isLineEmpty = false
  #tagState: number = inText
  /** An asterisk whose meaning depends on the next character. */
  #asteriskAt = -1
  #asteriskMayOpen = false

  constructor(dialect: Exclude<Dialect, 'her'>, host: DialectHost) {
    this.#host = host
    this.#hasBrackets = dialect !== 'markdown'
    this.#hasAsterisks = dialect !== 'coser'
  }

  feed(piece: string, at: number): void {
    let from = 0
    const flush = (to: number) => {
      if (to > from) this.#host.addText(piece.slice(from, to), at + from)
      from = to
    }
    for (let index = 0; index < piece.length && !this.#host.ended; index++) {
      const code = piece.charCodeAt(index)
      if (this.#asteriskAt >= 0) this.#settleAsterisk(code)
      const isFree = this.#tagState === inText
      const meaning = this.#meaningOf(code, isFree)
      switch (meaning) {
        case 'text':
          break
        case 'wait':
          flush(index)
          from = index + 1
          this.#asteriskAt = at + index
          this.#asteriskMayOpen = isFree && !this.#isQuoted && !isWordCharacter(this.#before)
          break
        case 'open':
          flush(index)
          if (this.#host.ended) return
          from = index + 1
          this.#mark = code
          this.#depth = 1
          this.#host.openMarked(code === opening.thought ? 'role_thinking' : 'role_action', at + index, at + index + 1)
          break
        case 'close':
          flush(index)
          from = index + 1
          this.#mark = 0
          this.#host.closeMarked(at + index, at + index + 1)
          break
        case 'break':
          flush(index)
          this.#mark = 0
          this.#host.closeMarked(at + index, at + index)
          break
        default:
          exhaustive(meaning)
      }
      this.#remember(code)
    }
    if (!this.#host.ended) flush(piece.length)
  }

  /** No more comes in this dialect: an asterisk that waited is text, or closes what is open. */
  finish(): void {
    if (this.#asteriskAt >= 0) this.#settleAsterisk(0x20)
  }

  #meaningOf(code: number, isFree: boolean): 'text' | 'wait' | 'open' | 'close' | 'break' {
    const { thought, action } = opening
    if (this.#mark === 0) {
      if (code === asterisk) return this.#hasAsterisks && this.#before !== asterisk ? 'wait' : 'text'
      if (!this.#hasBrackets || !isFree) return 'text'
      return code === thought || (code === action && !this.#isFace()) ? 'open' : 'text'
    }
    if (this.#mark === asterisk) {
      if (code === newline && this.#isLineEmpty) return 'break'
      return code === asterisk && this.#before !== asterisk ? 'wait' : 'text'
    }
    if (code === this.#mark && !(code === action && this.#isFace())) this.#depth++
    else if (code === closingOf[this.#mark]) {
      this.#depth--
      if (this.#depth === 0) return 'close'
    }
    return 'text'
  }

  /** Decides on the asterisk before `code`. One of several is text. */
  #settleAsterisk(code: number): void {
    const at = this.#asteriskAt
    this.#asteriskAt = -1
    if (code === asterisk) this.#host.addText('*', at)
    else if (this.#mark === asterisk) {
      this.#mark = 0
      this.#host.closeMarked(at, at + 1)
    } else if (this.#asteriskMayOpen && !isSpace(code)) {
      this.#mark = asterisk
      this.#isLineEmpty = false
      this.#host.openMarked('role_action', at, at + 1)
    } else this.#host.addText('*', at)
  }

  /** A smiley's eyes, and perhaps a nose, stand right before a `(`. */
  #isFace(): boolean {
    const isNose = this.#before === 0x2d || this.#before === 0x27
    const eyes = isNose ? this.#beforeThat : this.#before
    return eyes === 0x3a || eyes === 0x3b || eyes === 0x3d
  }

  #remember(code: number): void {
    const next = advance(this.#tagState, code)
    this.#tagState = next >= firstRecognised ? inText : next
    if (this.#mark === 0) {
      if (code === 0x22) this.#isQuoted = !this.#isQuoted
      else if (code === 0x201c) this.#isQuoted = true
      else if (code === 0x201d || (code === newline && this.#isLineEmpty)) this.#isQuoted = false
    }
    if (code === newline) this.#isLineEmpty = true
    else if (!isSpace(code)) this.#isLineEmpty = false
    this.#beforeThat = this.#before
    this.#before = code
  }
}

function isWordCharacter(code: number): boolean {
  if (code < 0x80) {
    const lower = code | 0x20
    return (code >= 0x30 && code <= 0x39) || (lower >= 0x61 && lower <= 0x7a)
  }
  return /[\p{L}\p{N}]/u.test(String.fromCharCode(code))
}
