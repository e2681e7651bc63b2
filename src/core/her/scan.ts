import { advance, afterBracket, firstRecognised, inText, recognised } from './tag-automaton.ts'
import { longestTag, type Tag } from './tags.ts'

// Names of this file for what the loop over characters mentions: where modules run unbundled (tests, the dev server, the
// bench), every mention of an imported name is a property look-up that costs more than the step itself.
const step = advance
const outside: number = inText
const bracketState: number = afterBracket
const firstFound = firstRecognised
const longest = longestTag

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
  /** A special token of the chat template begins here. Answers false where it is to be read as text. */
  token(at: number): boolean
}

/** Cuts a text that arrives in pieces into text and tags. Holds back only what could still become a tag. */
export class Scanner {
  readonly #sink: ScanSink
  #position: number
  #held = ''
  #state: number = outside
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
      const next = step(state, buffer.charCodeAt(index))
      if (next === outside) {
        state = outside
      } else if (next >= firstFound) {
        const afterPartial = this.#partialEnd === base + bracket
        if (bracket > textFrom) this.#sink.text(buffer.slice(textFrom, bracket), base + textFrom)
        if (this.#sink.ended) return
        const found = recognised[next - firstFound]
        if (found) {
          const isTaken =
            found === 'token'
              ? this.#sink.token(base + bracket)
              : this.#sink.tag(found, base + bracket, base + index + 1, afterPartial)
          textFrom = isTaken ? index + 1 : bracket
        }
        if (this.#sink.ended) return
        state = outside
      } else if (next === bracketState && buffer.charCodeAt(index) === 0x3c) {
        if (state !== outside) this.#partialEnd = base + index
        bracket = index
        state = bracketState
      } else {
        state = index - bracket < longest ? next : outside
      }
    }
    const stop = state === outside ? length : bracket
    if (stop > textFrom) this.#sink.text(buffer.slice(textFrom, stop), base + textFrom)
    this.#held = stop < length ? buffer.slice(stop) : ''
    this.#state = state
    this.#position += chunk.length
  }

  /** The text is over: what was held back is text. */
  finish(): void {
    const held = this.#held
    this.#held = ''
    this.#state = outside
    if (held !== '') this.#sink.text(held, this.#position - held.length)
  }
}
