import { Rope } from './rope.ts'
import type { Layer, Segment } from './segment.ts'
import { isSpace as isSpaceCode } from './space.ts'

// A name of this file: see the scanner.
const isSpace = isSpaceCode

/** A run of text in one layer that is still being read. White space at its edges is layout and never enters `text`. */
export class Stretch {
  layer: Layer = 'speech'
  /** Offset of the HER tag that opened it, −1 when none did. */
  openedAt = -1
  /** Planning opened by a tag spelled with `system`. */
  system = false
  /** Offset of the first character of `text`, −1 as long as there is none. */
  start = -1
  /** Offset behind the last character that was added to `text`. */
  end = -1
  /** The run of speech right before it, with only empty blocks between them. */
  before: Stretch | undefined
  /** Where `text` came from, as pairs of offsets; kept only when asked for. */
  readonly spans: number[] | undefined
  #text = new Rope()
  /** White space that follows `text`; mostly there is none. */
  #space: Rope | undefined
  readonly #spaceSpans: number[] | undefined
  #segment: Segment | undefined
  /** Something was taken off: two texts of one length may differ. */
  #wasCut = false

  /** Somebody else looks at it later: it is used for no other run of text. */
  isHeld = false

  constructor(traced: boolean) {
    this.spans = traced ? [] : undefined
    this.#spaceSpans = traced ? [] : undefined
  }

  /** A run of text begins. What was read before is forgotten, so that one stretch serves for many short runs. */
  begin(layer: Layer, openedAt: number, system: boolean): this {
    this.layer = layer
    this.openedAt = openedAt
    this.system = system
    this.start = -1
    this.end = -1
    this.before = undefined
    this.#text.clear()
    this.#space = undefined
    this.#segment = undefined
    this.#wasCut = false
    return this
  }

  hold(): this {
    this.isHeld = true
    return this
  }

  get text(): string {
    return this.#text.text
  }

  get isEmpty(): boolean {
    return this.#text.length === 0
  }

  /** Appends `piece`, which stands at offset `at`. Trailing white space waits until something follows it. */
  add(piece: string, at: number): void {
    let end = piece.length
    while (end > 0 && isSpace(piece.charCodeAt(end - 1))) end--
    if (end > 0) this.#addWords(piece, end, at)
    if (end === piece.length || this.isEmpty) return
    this.#space ??= new Rope()
    this.#space.add(end === 0 ? piece : piece.slice(end))
    this.#spaceSpans?.push(at + end, at + piece.length)
  }

  #addWords(piece: string, end: number, at: number): void {
    let begin = 0
    if (this.isEmpty) {
      while (isSpace(piece.charCodeAt(begin))) begin++
      this.start = at + begin
    } else if (this.#space) {
      this.#text.add(this.#space.text)
      this.#space = undefined
      for (const offset of this.#spaceSpans?.splice(0) ?? []) this.spans?.push(offset)
    }
    this.#text.add(begin === 0 && end === piece.length ? piece : piece.slice(begin, end))
    this.end = at + end
    this.spans?.push(at + begin, at + end)
  }

  /** Takes the last `count` characters off, and the white space before them. Gives where the characters came from. */
  cutTail(count: number): number[] {
    const kept = this.text.slice(0, this.text.length - count)
    const text = kept.trimEnd()
    this.#space = undefined
    this.#spaceSpans?.splice(0)
    this.#wasCut = true
    this.#text = new Rope(text)
    if (text === '') this.start = -1
    if (!this.spans) return []
    const taken = takeFromEnd(this.spans, count)
    takeFromEnd(this.spans, kept.length - text.length)
    return taken
  }

  /** Takes the first `count` characters off, and the white space behind them. Gives where the characters came from. */
  cutHead(count: number): number[] {
    const kept = this.text.slice(count)
    this.#wasCut = true
    const text = kept.trimStart()
    this.#text = new Rope(text)
    if (!this.spans) return []
    const taken = takeFromStart(this.spans, count)
    takeFromStart(this.spans, kept.length - text.length)
    return taken
  }

  /** The segment as it stands: the same object as long as nothing changes. */
  toSegment(closed: boolean): Segment {
    const known = this.#segment
    if (known && known.closed === closed && this.#isNow(known.text)) return known
    this.#segment = { layer: this.layer, text: this.text, closed }
    return this.#segment
  }

  /** The segment as it stood when its text was `text`. */
  segmentAt(text: string, closed: boolean): Segment {
    return this.#isNow(text) ? this.toSegment(closed) : { layer: this.layer, text, closed }
  }

  /** Whether `text`, which was this stretch's text once, still is. */
  #isNow(text: string): boolean {
    return text.length === this.#text.length && (!this.#wasCut || text === this.text)
  }
}

function takeFromStart(spans: number[], count: number): number[] {
  const taken: number[] = []
  for (let left = count; left > 0 && spans.length > 0; ) {
    const [start = 0, end = 0] = spans
    const length = Math.min(left, end - start)
    taken.push(start, start + length)
    if (length === end - start) spans.splice(0, 2)
    else spans[0] = start + length
    left -= length
  }
  return taken
}

function takeFromEnd(spans: number[], count: number): number[] {
  const taken: number[] = []
  for (let left = count; left > 0 && spans.length > 0; ) {
    const start = spans.at(-2) ?? 0
    const end = spans.at(-1) ?? 0
    const length = Math.min(left, end - start)
    taken.push(end - length, end)
    if (length === end - start) spans.length -= 2
    else spans[spans.length - 1] = end - length
    left -= length
  }
  return taken
}
