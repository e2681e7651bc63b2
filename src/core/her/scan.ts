import { advance, afterBracket, firstRecognised, inText, recognised } from './tag-automaton.ts'
import { longestTag, type Tag } from './tags.ts'

/** Who is told what a scanner finds. Positions are UTF-16 offsets from the start of the text. */
export interface ScanSink {
  /** Set by the sink when the reply is over: the scanner stops at once. */
  readonly ended: boolean
  text(piece: string, at: number): void
  /**
   * A tag. `afterPartial`: the text right before it could itself have become a tag, so that leaving this tag out would
   * glue a new one together. Answers false where the tag is to be read as text.
   */
  tag(tag: Tag, at: number, end: number, afterPartial: boolean): boolean
  /** A leaked special token begins here. */
  token(at: number): void
}

/** Cuts a text that arrives in pieces into text and tags. Holds back only what could still become a tag. */
export class Scanner {
  readonly #sink: ScanSink
  #position: number
  #held = ''
  #state: number = inText
  /** Where the last might-be tag was ended by another `<`. */
  #partialEnd = -1

  /** Begins at offset `position` of the text. */
  constructor(sink: ScanSink, position = 0) {
    this.#sink = sink
    this.#position = position
  }

  push(chunk: string): void {
    const buffer = this.#held + chunk
    const base = this.#position - this.#held.length
    const length = buffer.length
    let index = this.#held.length
    let state = this.#state
    let textFrom = 0
    let bracket = 0
    for (; index < length; index++) {
      const next = advance(state, buffer.charCodeAt(index))
      if (next === inText) {
        state = inText
      } else if (next >= firstRecognised) {
        const afterPartial = this.#partialEnd === base + bracket
        if (bracket > textFrom) this.#sink.text(buffer.slice(textFrom, bracket), base + textFrom)
        if (this.#sink.ended) return
        const found = recognised[next - firstRecognised]
        if (found === 'token') this.#sink.token(base + bracket)
        else if (found) {
          const isText = !this.#sink.tag(found, base + bracket, base + index + 1, afterPartial)
          textFrom = isText ? bracket : index + 1
        }
        if (this.#sink.ended) return
        state = inText
      } else if (next === afterBracket && buffer.charCodeAt(index) === 0x3c) {
        if (state !== inText) this.#partialEnd = base + index
        bracket = index
        state = afterBracket
      } else {
        state = index - bracket < longestTag ? next : inText
      }
    }
    const stop = state === inText ? length : bracket
    if (stop > textFrom) this.#sink.text(buffer.slice(textFrom, stop), base + textFrom)
    this.#held = stop < length ? buffer.slice(stop) : ''
    this.#state = state
    this.#position += chunk.length
  }

  /** The text is over: what was held back is text. */
  finish(): void {
    const held = this.#held
    this.#held = ''
    this.#state = inText
    if (held !== '') this.#sink.text(held, this.#position - held.length)
  }
}
