import { absorb } from './absorb.ts'
import { DialectReader } from './dialect-reader.ts'
import { NameWatch } from './name-watch.ts'
import { type NameTree, nameLengthAt, nameLineLength, nameTreeOf } from './names.ts'
import { isOneQuote } from './quotes.ts'
import { Scanner, type ScanSink } from './scan.ts'
import type { Dialect, Layer, Segment, TileKind } from './segment.ts'
import { Stretch } from './stretch.ts'
import { endsInPartial, findCutOffTag } from './tag-automaton.ts'
import type { Tag } from './tags.ts'
import { isPlanningVoice } from './untagged-planning.ts'

/** How a reader is set up. */
export interface ReaderSetup {
  /** The speaker's name and aliases. */
  readonly own: readonly string[]
  /** Names that end the turn. */
  readonly others: readonly string[]
  readonly dialect: Dialect
  /** The text that was pushed so far, for the few rules that read part of it again. */
  readonly readSource: () => string
  /** Keeps account of every mark and every piece of text. */
  readonly traced: boolean
  /** From this offset on no planning that is opened is ever closed: it ends at its first role tag (3). */
  readonly endsPlanFrom?: number
}

/** A stretch of the source that is in no segment and is not layout. */
export interface Mark {
  readonly kind: Extract<TileKind, 'tag' | 'mark' | 'prefix'>
  readonly start: number
  readonly end: number
}

/**
 * Reads one reply, tag by tag, into segments. What has been read is `settled`; behind it come the run of `speech` and the
 * tagged `block` that are still open. A block that stays empty is left out and the speech around it is one run, so
 * speech is settled only when something that is not empty follows it.
 *
 * It is one machine in one file because each rule leans on the state of the others. Numbers in parentheses are
 * the cases of the format: 2 wrong closer, 3 unclosed planning, 4 tags mentioned in planning, 5 orphan closer,
 * 6 tag inside a tag, 7 own name, 10 special token, 11 another speaker, 14 planning without a tag.
 *
 * What is written back and read again must read the same. Hence three rules that look odd by themselves: a tag that
 * would be left out right behind a might-be tag is text (leaving it out could glue a tag together); what decides how an
 * orphan closer is read is only what writing keeps (no empty blocks); an empty block behind a might-be tag
 * still parts the speech around it.
 */
export class Reader implements ScanSink {
  readonly #setup: ReaderSetup
  readonly #own: NameTree
  readonly #names: NameWatch
  #scanner = new Scanner(this)
  #dialect: DialectReader | undefined

  /** Only ever appended to, or replaced: a snapshot keeps the array and its length. */
  settled: Segment[] = []
  speech: Stretch
  block: Stretch | undefined
  /** The reply is over: at the end of the text, or before it. */
  ended = false
  /** Where the cut begins, −1 for none. */
  cutStart = -1

  marks: Mark[] = []
  /** Where the text of each settled segment came from. */
  readonly settledSpans: (readonly number[])[] = []

  /** The run of speech at the very end of `settled`. */
  #lastSpeech: Stretch | undefined
  /** Stretches that were settled and are held by nobody. */
  readonly #free: Stretch[] = []
  /** The open run of speech began in the markdown dialect. */
  #isMarkdown: boolean
  /** Offset of the first visible character before the open run of speech, −1 for none. */
  #visibleFrom = -1
  #firstRoleAt = -1
  /** Planning that stands before everything visible: how many segments, and whether HER's own tag opened one. */
  #plans = 0
  #hasSystemPlan = false
  /** The visible part is the reply for sure: an orphan planning closer behind it is a slip (5). */
  #isReplySure = false
  #sawSpeechTag = false
  /** A role tag was met in the open planning. */
  #hasRoleTagInPlan = false
  /** After `finish`: where planning was opened that was never closed, though role tags occur in it (3). */
  unclosedPlanAt: number | undefined

  constructor(setup: ReaderSetup) {
    this.#setup = setup
    this.#own = nameTreeOf(setup.own)
    const ownNames = new Set(setup.own.map((name) => name.trim().toLowerCase()))
    const others = setup.others.filter((name) => !ownNames.has(name.trim().toLowerCase()))
    this.#names = new NameWatch(this, this.#own, nameTreeOf(others))
    if (setup.dialect !== 'her') this.#dialect = new DialectReader(setup.dialect, this)
    this.#isMarkdown = setup.dialect === 'markdown'
    this.speech = this.#createStretch('speech')
    this.#names.begin(true)
  }

  push(chunk: string): void {
    if (!this.ended) this.#scanner.push(chunk)
  }

  /** The text is over. Afterwards everything is in `settled`, unless `unclosedPlanAt` says that it was misread. */
  finish(): void {
    this.#endText()
    if (this.block?.layer === 'system_thinking' && this.#hasRoleTagInPlan) {
      this.unclosedPlanAt = this.block.openedAt
      return
    }
    this.#settleAll()
    if (this.#turnUntaggedIntoPlan()) {
      this.#endText()
      this.#settleAll()
    }
  }

  // What the scanner finds.

  text(piece: string, at: number): void {
    if (this.#dialect) this.#dialect.feed(piece, at)
    else this.addText(piece, at)
  }

  tag(tag: Tag, at: number, end: number, afterPartial: boolean): boolean {
    if (afterPartial && this.#isLeftOut(tag, afterPartial)) {
      if (tag.layer === 'system_thinking' && tag.closing) this.#isReplySure = true
      return false
    }
    this.#leaveDialect()
    this.#readTag(tag, at, end, afterPartial)
    return true
  }

  /** Models leak these (10). Whoever types one means it: their words are cut nowhere. */
  token(at: number): boolean {
    if (this.#setup.dialect === 'player') return false
    this.#leaveDialect()
    if (!this.block) this.#names.release()
    this.cutAt(at)
    return true
  }

  // What the dialect reader finds.

  addText(piece: string, at: number): void {
    const { block } = this
    if (block === undefined) {
      this.#names.feed(piece, at)
      return
    }
    const wasEmpty = block.isEmpty
    block.add(piece, at)
    if (wasEmpty && !block.isEmpty) this.#fillBlock(block)
  }

  openMarked(layer: 'role_thinking' | 'role_action', at: number, end: number): void {
    this.#mark('tag', at, end)
    this.block = this.#createStretch(layer)
  }

  closeMarked(at: number, end: number): void {
    this.#mark('tag', at, end)
    this.#closeBlock()
  }

  // What the name watch finds.

  addSpeech(piece: string, at: number): void {
    this.speech.add(piece, at)
  }

  dropName(at: number, end: number): void {
    this.#mark('prefix', at, end)
  }

  /** The reply ends at offset `at`; the rest is kept as the cut (10, 11). */
  cutAt(at: number): void {
    this.cutStart = at
    this.#dropMarks(at)
    this.#readCutOffTags()
    if (!this.block) this.#settleSpeech()
    this.ended = true
  }

  // Tags.

  /** Whether `tag` is recognised but means nothing here (4, 5). */
  #isLeftOut(tag: Tag, afterPartial: boolean): boolean {
    const isPlan = tag.layer === 'system_thinking'
    const layer = this.block?.layer ?? 'speech'
    if (layer === 'system_thinking') return isPlan ? !tag.closing : !this.#endsAtRole()
    if (layer !== 'speech') return false
    if (isPlan) return tag.closing && this.#isStray(tag, afterPartial)
    return tag.closing || tag.layer === 'speech'
  }

  #readTag(tag: Tag, at: number, end: number, afterPartial: boolean): void {
    const isPlan = tag.layer === 'system_thinking'
    if (this.block?.layer === 'system_thinking') this.#readTagInPlan(tag, at, end, afterPartial)
    else if (isPlan && tag.closing) this.#readOrphanPlanCloser(tag, at, end, afterPartial)
    else if (this.#isLeftOut(tag, afterPartial)) {
      this.#sawSpeechTag ||= tag.layer === 'speech'
      this.#mark('mark', at, end)
    } else {
      this.#mark('tag', at, end)
      if (tag.closing && this.block && !this.block.isEmpty) this.#isReplySure = true
      this.#closeBlock()
      if (!tag.closing && tag.layer !== 'speech') this.#openBlock(tag, at, afterPartial)
    }
  }

  #openBlock(tag: Tag, at: number, afterPartial: boolean): void {
    if (afterPartial) this.#settleSpeech()
    this.block = this.#createStretch(tag.layer, at, tag.system)
    this.#hasRoleTagInPlan = false
  }

  #readTagInPlan(tag: Tag, at: number, end: number, afterPartial: boolean): void {
    if (tag.layer === 'system_thinking') {
      this.#mark(tag.closing ? 'tag' : 'mark', at, end)
      if (tag.closing) this.#closeBlock()
    } else if (this.#endsAtRole()) {
      this.#takeNameLineOff(this.block)
      this.#closeBlock()
      this.#readTag(tag, at, end, afterPartial)
    } else {
      this.#mark('mark', at, end)
      this.#hasRoleTagInPlan = true
    }
  }

  /** Whether the open planning is known to end at its first role tag (3). */
  #endsAtRole(): boolean {
    const { endsPlanFrom = Number.POSITIVE_INFINITY } = this.#setup
    return this.block !== undefined && this.block.openedAt >= endsPlanFrom
  }

  /** A planning closer where no planning is open (5). */
  #readOrphanPlanCloser(tag: Tag, at: number, end: number, afterPartial: boolean): void {
    if (this.#isStray(tag, afterPartial)) {
      if (this.#hasEvidence(tag)) this.#isReplySure = true
    } else {
      this.#names.release()
      const from = this.#visibleFrom >= 0 ? this.#visibleFrom : this.speech.start
      if (from >= 0) this.#turnIntoPlan(from, at, tag.system)
    }
    // What is open now is the plan, or a role layer that was given a wrong closer (2).
    this.#mark(this.block ? 'tag' : 'mark', at, end)
    this.#closeBlock()
  }

  /** Whether what stands before an orphan planning closer is the reply, and so not planning. */
  #isStray(tag: Tag, afterPartial: boolean): boolean {
    // Tags around speech are not written back: where the closer can't be left out safely they prove nothing.
    return this.#hasEvidence(tag) || (this.#sawSpeechTag && !afterPartial)
  }

  #hasEvidence(tag: Tag): boolean {
    // A reasoning model may think in its own tag before it goes on with the planning it was given the opener of.
    const isSecondPlan = tag.system && !this.#hasSystemPlan
    return this.#isReplySure || (this.#plans > 0 && !isSecondPlan)
  }

  // Planning found late.

  /** Everything visible so far, from offset `from` up to `to`, is planning; it is the open block now. */
  #turnIntoPlan(from: number, to: number, system: boolean): Stretch {
    const plan = this.#createStretch('system_thinking', from, system)
    this.#dropMarks(from, to)
    absorb(plan, this.#setup.readSource().slice(from, to), from, (start, end) => this.#mark('mark', start, end))
    this.settled = this.settled.slice(0, this.#plans)
    this.settledSpans.length = Math.min(this.settledSpans.length, this.settled.length)
    this.#lastSpeech = undefined
    this.#visibleFrom = -1
    this.#firstRoleAt = -1
    this.#sawSpeechTag = false
    this.#beginSpeech()
    this.block = plan
    this.#fillBlock(plan)
    return plan
  }

  /** Planning without a tag, ended by `Name:` on a line of its own or by the first inner thought (14). */
  #turnUntaggedIntoPlan(): boolean {
    const { dialect, own } = this.#setup
    const first = this.settled.findIndex(({ layer }) => layer === 'role_thinking' || layer === 'role_action')
    const at = this.#firstRoleAt
    if (dialect !== 'her' || first < 1 || at < 0) return false
    if (this.settled.some(({ layer, text }) => layer === 'system_thinking' && text !== '')) return false
    const said = this.settled.slice(0, first).map(({ text }) => text)
    const isNamed = nameLineLength(this.#own, said.at(-1) ?? '') > 0
    const isThought = this.settled[first]?.layer === 'role_thinking'
    if (!isNamed && !(isThought && isPlanningVoice(said.join('\n'), own))) return false
    const plan = this.#turnIntoPlan(this.#visibleFrom, at, true)
    this.#takeNameLineOff(plan)
    this.#closeBlock()
    this.#readAgain(at)
    return true
  }

  /** A last line of planning that is only the speaker's `Name:` belongs to the reply that follows (7). */
  #takeNameLineOff(plan: Stretch | undefined): void {
    const spans = plan?.cutTail(nameLineLength(this.#own, plan.text)) ?? []
    for (let index = 0; index < spans.length; index += 2) this.#mark('prefix', spans[index] ?? 0, spans[index + 1] ?? 0)
  }

  /** Reads the text again from offset `at`, with what is known now. */
  #readAgain(at: number): void {
    this.#dropMarks(at)
    const source = this.#setup.readSource()
    this.ended = false
    this.#scanner = new Scanner(this, at)
    this.#scanner.push(source.slice(at, this.cutStart < 0 ? source.length : this.cutStart))
  }

  // Stretches.

  #createStretch(layer: Layer, openedAt = -1, system = false): Stretch {
    const stretch = this.#free.pop() ?? new Stretch(this.#setup.traced)
    return stretch.begin(layer, openedAt, system)
  }

  /** A settled stretch that nobody holds is used again: of many short segments, making these was most of the cost. */
  #release(stretch: Stretch | undefined): void {
    if (stretch && !stretch.isHeld && !this.#setup.traced) this.#free.push(stretch)
  }

  #beginSpeech(): void {
    if (this.speech.start >= 0) this.speech = this.#createStretch('speech')
    this.#isMarkdown = this.#dialect !== undefined && this.#setup.dialect === 'markdown'
    this.#names.begin(this.#visibleFrom < 0)
  }

  /** A block got its first character. */
  #fillBlock(block: Stretch): void {
    this.#settleSpeech()
    if (block.layer !== 'system_thinking') {
      if (this.#visibleFrom >= 0) return
      this.#visibleFrom = block.start
      if (block.openedAt >= 0) this.#isReplySure = true
    } else if (this.#visibleFrom < 0) {
      this.#plans++
      this.#hasSystemPlan ||= block.system
    } else {
      this.#isReplySure = true
    }
  }

  #closeBlock(): void {
    if (this.block && !this.block.isEmpty) this.#settleBlock(this.block, true)
    else this.block = undefined
  }

  #settleBlock(block: Stretch, closed: boolean): void {
    this.block = undefined
    if (this.#firstRoleAt < 0 && block.layer !== 'system_thinking') this.#firstRoleAt = block.openedAt
    this.#settle(block, closed)
    this.#beginSpeech()
  }

  #settleSpeech(): void {
    this.#names.release()
    const { speech } = this
    if (speech.isEmpty) return
    if (this.#isMarkdown) this.#takeQuotesOff(speech)
    if (this.#visibleFrom < 0) this.#visibleFrom = speech.start
    this.#settle(speech, true)
    this.#beginSpeech()
  }

  #settleAll(): void {
    this.#settleSpeech()
    if (this.block) this.#settleBlock(this.block, false)
  }

  #settle(stretch: Stretch, closed: boolean): void {
    this.settled.push(stretch.toSegment(closed))
    if (stretch.spans) this.settledSpans.push(stretch.spans)
    if (stretch.layer === 'speech') {
      stretch.before = this.#lastSpeech
      this.#lastSpeech = stretch
    } else {
      this.#release(this.#lastSpeech)
      this.#release(stretch)
      this.#lastSpeech = undefined
    }
  }

  /** The quotes stay where the words without them would read as a name, or as the beginning of a tag. */
  #takeQuotesOff(speech: Stretch): void {
    while (isOneQuote(speech.text)) {
      const words = speech.text.slice(1, -1).trim()
      if (endsInPartial(words) || (this.#visibleFrom < 0 && nameLengthAt(this.#own, words) > 0)) return
      for (const [start = 0, end = 0] of [speech.cutHead(1), speech.cutTail(1)]) this.#mark('mark', start, end)
    }
  }

  // Ends.

  #endText(): void {
    if (this.ended) return
    this.#scanner.finish()
    if (this.ended) return
    this.#leaveDialect()
    if (!this.block) this.#names.release()
    this.#readCutOffTags()
    this.ended = true
  }

  /** From the first HER tag on everything is plain HER. */
  #leaveDialect(): void {
    const dialect = this.#dialect
    if (dialect === undefined) return
    this.#dialect = undefined
    dialect.finish()
    if (this.speech.isEmpty) this.#isMarkdown = false
  }

  /** A tag that the end of the text cut off is still a tag, if there is enough of it. */
  #readCutOffTags(): void {
    for (let isOwnArray = false; ; ) {
      if (this.#endsInSettledPartial()) {
        // Snapshots may hold the array.
        if (!isOwnArray) this.settled = this.settled.slice()
        isOwnArray = true
        this.#reopenLastSpeech()
      }
      const stretch = this.block ?? this.speech
      const found = findCutOffTag(stretch.text, stretch.layer)
      if (!found || (found.afterPartial && this.#isLeftOut(found.tag, true))) return
      const length = stretch.text.length - found.start
      const { end } = stretch
      stretch.cutTail(length)
      this.#readTag(found.tag, end - length, end, found.afterPartial)
    }
  }

  /** Behind a last run of speech there may have been empty blocks; its end is the end of the text all the same. */
  #endsInSettledPartial(): boolean {
    const last = this.#lastSpeech
    return last !== undefined && this.block === undefined && this.speech.isEmpty && endsInPartial(last.text)
  }

  #reopenLastSpeech(): void {
    const last = this.#lastSpeech
    if (!last) return
    this.#lastSpeech = last.before
    this.settled.pop()
    this.settledSpans.pop()
    this.speech = last
    this.#isMarkdown = false
    if (this.#visibleFrom === last.start) this.#visibleFrom = -1
  }

  #mark(kind: Mark['kind'], start: number, end: number): void {
    if (this.#setup.traced && end > start) this.marks.push({ kind, start, end })
  }

  #dropMarks(from: number, to = Number.POSITIVE_INFINITY): void {
    this.marks = this.marks.filter(({ start }) => start < from || start >= to)
  }
}
