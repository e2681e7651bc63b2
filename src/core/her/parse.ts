import { Reading, type ReplyOptions } from './reading.ts'
import type { Layer, Reply, Segment, Tile } from './segment.ts'
import type { Stretch } from './stretch.ts'
import { readTiles } from './tiles.ts'

export type { ReplyOptions } from './reading.ts'

/** Reads a reply that arrives in pieces. How it is cut into pieces makes no difference. */
export interface ReplyParser {
  /** Takes the next piece. The reply is worked out only when it is looked at, so pushing costs no more than the piece. */
  push(chunk: string): Reply
  /** The text is over: what was held back is decided. Calling it again gives the same reply. */
  finish(): Reply
}

/**
 * Reads a whole reply into its ordered segments. Never throws, whatever the text; time and memory grow with its length.
 * Guarantees: every character of `text` is accounted for (`Reply.tiles`), and `writeReply` of the segments reads the same.
 */
export function parseReply(text: string, options: ReplyOptions = {}): Reply {
  const parser = createReplyParser(options)
  parser.push(text)
  return parser.finish()
}

/** A parser for one reply that is still arriving. Pushing after `finish` throws: it is a bug of the caller. */
export function createReplyParser(options: ReplyOptions = {}): ReplyParser {
  const reading = new Reading(options, false)
  let finished: Reply | undefined
  return {
    push(chunk) {
      if (finished) throw new Error('The reply was already finished')
      reading.push(chunk)
      return new ReplySoFar(reading, options)
    },
    finish() {
      finished ??= finishReading(reading, options)
      return finished
    },
  }
}

/** A plain object, as it may be spread and compared; only `tiles`, being costly, waits until it is asked for. */
function finishReading(reading: Reading, options: ReplyOptions): Reply {
  reading.finish()
  const { raw, reader } = reading
  const segments = reader.settled
  const last = segments.at(-1)
  const open = last && !last.closed ? toTagged(last.layer) : undefined
  const reply: Omit<Reply, 'tiles'> = {
    segments,
    raw,
    ...(reader.cutStart >= 0 && { cut: raw.slice(reading.toRaw(reader.cutStart)) }),
    ...(open && { open }),
  }
  let tiles: readonly Tile[] | undefined
  const getTiles = () => {
    tiles ??= readTiles(raw, options, true)
    return tiles
  }
  return Object.defineProperty(reply, 'tiles', { get: getTiles }) as Reply
}

/** A reply at one moment of its arrival; it stays as it was when more arrives. */
class ReplySoFar implements Reply {
  readonly raw: string
  readonly #options: ReplyOptions
  readonly #settled: readonly Segment[]
  readonly #settledCount: number
  readonly #speech: Stretch
  readonly #speechText: string
  readonly #block: Stretch | undefined
  readonly #blockText: string
  readonly #cutStart: number
  #segments: readonly Segment[] | undefined
  #tiles: readonly Tile[] | undefined

  constructor(reading: Reading, options: ReplyOptions) {
    const { reader } = reading
    this.raw = reading.raw
    this.#options = options
    this.#settled = reader.settled
    this.#settledCount = reader.settled.length
    this.#speech = reader.speech.hold()
    this.#speechText = reader.speech.text
    this.#block = reader.block?.hold()
    this.#blockText = reader.block?.text ?? ''
    this.#cutStart = reader.cutStart < 0 ? -1 : reading.toRaw(reader.cutStart)
  }

  get segments(): readonly Segment[] {
    this.#segments ??= this.#collect()
    return this.#segments
  }

  get cut(): string | undefined {
    return this.#cutStart < 0 ? undefined : this.raw.slice(this.#cutStart)
  }

  get open(): Reply['open'] {
    return this.#block && toTagged(this.#block.layer)
  }

  get tiles(): readonly Tile[] {
    this.#tiles ??= readTiles(this.raw, this.#options, false)
    return this.#tiles
  }

  #collect(): Segment[] {
    const segments = this.#settled.slice(0, this.#settledCount)
    const block = this.#block
    if (this.#speechText !== '') segments.push(this.#speech.segmentAt(this.#speechText, block !== undefined))
    if (block) segments.push(block.segmentAt(this.#blockText, false))
    return segments
  }
}

function toTagged(layer: Layer): Exclude<Layer, 'speech'> | undefined {
  return layer === 'speech' ? undefined : layer
}
