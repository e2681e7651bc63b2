import { createEchoStripper, type EchoStripper } from './echo.ts'
import { Reader, type ReaderSetup } from './reader.ts'
import { Rope } from './rope.ts'
import type { Dialect } from './segment.ts'

/** How a reply is to be read. */
export interface ReplyOptions {
  /** The speaker's name: dropped from the front of the visible part. */
  readonly speaker?: string | undefined
  /** Other names of the speaker, such as a card's nickname. */
  readonly aliases?: readonly string[] | undefined
  /** Names of everyone else: `Name:` at the start of a line ends the turn. */
  readonly others?: readonly string[] | undefined
  /** `her` unless said otherwise. HER tags are read in every dialect; from the first one on the rest is `her`. */
  readonly dialect?: Dialect | undefined
  /** What the reply was begun with. The text may repeat it or not; the segments are of the prefill and the text. */
  readonly prefill?: string | undefined
}

/** One reply being read: the raw text, what of it repeats the prefill, and the reader that is given the rest. */
export class Reading {
  readonly #raw = new Rope()
  reader: Reader
  readonly #setup: ReaderSetup
  readonly #prefill: string
  readonly #echo: EchoStripper
  #read = 0

  constructor(options: ReplyOptions, traced: boolean) {
    this.#prefill = options.prefill ?? ''
    this.#echo = createEchoStripper(this.#prefill)
    this.#setup = {
      own: [options.speaker ?? '', ...(options.aliases ?? [])],
      others: options.others ?? [],
      dialect: options.dialect ?? 'her',
      traced,
      readSource: () => (this.#prefill === '' ? this.raw : this.#prefill + this.raw.slice(this.echoLength)),
    }
    this.reader = new Reader(this.#setup)
    if (this.#prefill !== '') this.reader.push(this.#prefill)
  }

  get raw(): string {
    return this.#raw.text
  }

  /** How many characters at the front of `raw` repeat the prefill, or may yet turn out to. */
  get echoLength(): number {
    return this.#raw.length - this.#read
  }

  push(chunk: string): void {
    this.#raw.add(chunk)
    this.#give(this.#echo.push(chunk))
  }

  finish(): void {
    this.#give(this.#echo.finish())
    this.reader.finish()
    if (this.reader.unclosedPlanAt !== undefined) this.#readAgain(this.reader, this.reader.unclosedPlanAt)
  }

  /** Where planning ended can be told only at the end of the text. What reads as before stays the same objects. */
  #readAgain(misread: Reader, endsPlanFrom: number): void {
    const reader = new Reader({ ...this.#setup, endsPlanFrom })
    reader.push(this.#setup.readSource())
    reader.finish()
    for (const [index, segment] of misread.settled.entries()) {
      const again = reader.settled[index]
      if (again?.layer !== segment.layer || again.text !== segment.text) break
      reader.settled[index] = segment
    }
    this.reader = reader
  }

  /** Where in `raw` the reader's offset `at` is. */
  toRaw(at: number): number {
    return Math.max(this.echoLength, at - this.#prefill.length + this.echoLength)
  }

  #give(text: string): void {
    if (text === '') return
    this.#read += text.length
    this.reader.push(text)
  }
}
